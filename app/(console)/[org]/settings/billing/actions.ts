'use server';

import { revalidatePath } from 'next/cache';
import { ZodError } from 'zod';
import type { AutoRechargeValues } from '@/components/billing/auto-recharge-form';
import type { BillingOutcome, CheckoutView, PlanPreviewView } from '@/components/billing/outcome';
import { authorizeOrg } from '@/lib/auth/require';
import { asFairleadError, ERRORS } from '@/lib/kernel/errors';
import { log } from '@/lib/log';
import { saveAutoRecharge } from '@/lib/services/billing/auto-recharge';
import { choosePlan } from '@/lib/services/billing/choose-plan';
import { managePayment } from '@/lib/services/billing/manage-payment';
import { previewPlan } from '@/lib/services/billing/preview-plan';
import { readCheckout } from '@/lib/services/billing/read-checkout';
import { redeemCode } from '@/lib/services/billing/redeem-code';
import { resumePlan } from '@/lib/services/billing/resume-plan';
import { topUp } from '@/lib/services/billing/top-up';
import { browserOrigin } from './browser-origin';

export async function previewPlanAction(slug: string, plan: string): Promise<PlanPreviewView | null> {
  try {
    return await previewPlan({ ctx: await authorizeOrg(slug), input: { plan } });
  } catch (error) {
    log.warn({ err: error }, 'a change of plan could not be previewed');
    return null;
  }
}

export async function saveAutoRechargeAction(slug: string, values: AutoRechargeValues): Promise<BillingOutcome> {
  return answer(async () => {
    const outcome = await saveAutoRecharge({ ctx: await authorizeOrg(slug), input: { ...values, origin: await browserOrigin() } });
    if (outcome.kind === 'changed') revalidatePath(`/${slug}`, 'layout');
    return outcome;
  });
}

export async function managePaymentAction(slug: string): Promise<BillingOutcome> {
  return answer(async () => {
    const { url } = await managePayment({ ctx: await authorizeOrg(slug), input: { origin: await browserOrigin() } });
    return { kind: 'leave', url };
  });
}

export async function redeemCodeAction(slug: string, code: string): Promise<BillingOutcome> {
  return answer(async () => {
    await redeemCode({ ctx: await authorizeOrg(slug), input: { code } });
    revalidatePath(`/${slug}`, 'layout');
    return { kind: 'changed' };
  });
}

export async function choosePlanAction(slug: string, plan: string, prorationDate?: number, when?: 'now'): Promise<BillingOutcome> {
  return answer(async () => {
    const ctx = await authorizeOrg(slug);
    const choice = await choosePlan({ ctx, input: { plan, origin: await browserOrigin(), ...(prorationDate && { prorationDate }), ...(when && { when }) } });
    if (choice.kind === 'checkout') return { kind: 'leave', url: choice.url };
    revalidatePath(`/${slug}`, 'layout');
    return choice;
  });
}

export async function topUpAction(slug: string, usd: string): Promise<BillingOutcome> {
  return answer(async () => {
    const ctx = await authorizeOrg(slug);
    const { url } = await topUp({ ctx, input: { usd, origin: await browserOrigin() } });
    return { kind: 'leave', url };
  });
}

export async function resumePlanAction(slug: string): Promise<BillingOutcome> {
  return answer(async () => {
    await resumePlan({ ctx: await authorizeOrg(slug) });
    revalidatePath(`/${slug}`, 'layout');
    return { kind: 'changed' };
  });
}

/** Asked again and again by the page that waits; null when the session is not the organization's. */
export async function readCheckoutAction(slug: string, sessionId: string): Promise<CheckoutView | null> {
  const progress = await readCheckout({ ctx: await authorizeOrg(slug), input: { sessionId } });
  if (progress?.state === 'done') revalidatePath(`/${slug}`, 'layout');
  return progress;
}

async function answer(work: () => Promise<BillingOutcome>): Promise<BillingOutcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ZodError) return { kind: 'error', error: 'invalid_request' };
    const { code, extras } = asFairleadError(error);
    if (ERRORS[code].level === 'error') log.error({ err: extras.internal ?? error }, 'a billing action failed');
    const reason = extras.more?.reason;
    return { kind: 'error', error: typeof reason === 'string' ? reason : code };
  }
}
