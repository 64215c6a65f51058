'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { authorizeUser, requireUser } from '@/lib/auth/require';
import { closeSession, openSession } from '@/lib/auth/session';
import { type ActionResult, action, runAction } from '@/lib/http/action';
import { type ChangePasswordInput, changePassword, signOutEverywhere } from '@/lib/services/accounts/change-password';
import { UpdateOrgInput, updateOrg } from '@/lib/services/orgs/update-org';

const update = action(UpdateOrgInput, updateOrg);

export async function updateOrgAction(org: string, input: UpdateOrgInput): Promise<ActionResult<{ name: string; timezone: string; logBodies: boolean }>> {
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
