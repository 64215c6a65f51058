'use server';

import { revalidatePath } from 'next/cache';
import { ZodError } from 'zod';
import type { BillingOutcome, CheckoutView } from '@/components/billing/outcome';
import { authorizeOrg } from '@/lib/auth/require';
import { asFairleadError, ERRORS } from '@/lib/kernel/errors';
import { log } from '@/lib/log';
import { choosePlan } from '@/lib/services/billing/choose-plan';
import { readCheckout } from '@/lib/services/billing/read-checkout';
import { resumePlan } from '@/lib/services/billing/resume-plan';
import { topUp } from '@/lib/services/billing/top-up';
import { browserOrigin } from './browser-origin';

export async function choosePlanAction(slug: string, plan: string): Promise<BillingOutcome> {
  return answer(async () => {
    const ctx = await authorizeOrg(slug);
    const choice = await choosePlan({ ctx, input: { plan, origin: await browserOrigin() } });
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
