'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { authorizeUser, requireUser } from '@/lib/auth/require';
import { closeSession, openSession } from '@/lib/auth/session';
import type { BodyChoice } from '@/lib/kernel/body-choice';
import { type ActionResult, action, runAction } from '@/lib/http/action';
import { type ChangePasswordInput, changePassword, signOutEverywhere } from '@/lib/services/accounts/change-password';
import { LoadSampleInput, loadSample } from '@/lib/services/sample/load-sample';
import { RemoveSampleInput, removeSample } from '@/lib/services/sample/remove-sample';
import { SupportAccessInput, setSupportAccess } from '@/lib/services/orgs/support-access';
import { UpdateOrgInput, updateOrg } from '@/lib/services/orgs/update-org';

const update = action(UpdateOrgInput, updateOrg);
const load = action(LoadSampleInput, loadSample);
const remove = action(RemoveSampleInput, removeSample);

export async function loadSampleAction(org: string, input: Record<string, never>): Promise<ActionResult<{ days: number; of: number }>> {
  return load(org, input);
}

export async function removeSampleAction(org: string, input: Record<string, never>): Promise<ActionResult<{ removed: number }>> {
  return remove(org, input);
}

export async function updateOrgAction(org: string, input: UpdateOrgInput): Promise<ActionResult<{ name: string; timezone: string; bodies: BodyChoice }>> {
  const result = await update(org, input);
  // The name stands in the rail of every page.
  if (result.ok) revalidatePath('/', 'layout');
  return result;
}

/** Other browsers are signed out; this one goes on with a new session. */
export async function changePasswordAction(input: ChangePasswordInput): Promise<ActionResult<null>> {
  return runAction(async () => {
    const user = await authorizeUser();
    const { sessionEpoch } = await changePassword({ userId: user.id, input });
    await openSession({ userId: user.id, sessionEpoch });
    return null;
  });
}

export async function signOutEverywhereAction(): Promise<void> {
  const user = await requireUser();
  await signOutEverywhere({ userId: user.id, label: user.email });
  await closeSession();
  redirect('/sign-in');
}

export const setSupportAccessAction = action(SupportAccessInput, setSupportAccess);
