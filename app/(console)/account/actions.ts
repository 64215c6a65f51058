'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { authorizeUser } from '@/lib/auth/require';
import { closeSession } from '@/lib/auth/session';
import { type ActionResult, runAction } from '@/lib/http/action';
import { deleteAccount } from '@/lib/services/accounts/delete-account';
import { readBranding } from '@/lib/services/branding/branding';
import { endSession } from '@/lib/services/accounts/own-sessions';
import { sendVerification } from '@/lib/services/accounts/send-verification';
import { renewRecoveryCodes, turnOffTwoFactor } from '@/lib/services/accounts/two-factor/turn-off';
import { confirmTwoFactor, startTwoFactor } from '@/lib/services/accounts/two-factor/turn-on';
import { updateProfile } from '@/lib/services/accounts/update-profile';

export async function updateProfileAction(input: { name: string }): Promise<ActionResult<{ name: string | null }>> {
  const result = await runAction(async () => updateProfile({ userId: (await authorizeUser()).id, input }));
  // The name stands in the rail of every page.
  if (result.ok) revalidatePath('/', 'layout');
  return result;
}

export async function endSessionAction(input: { id: string }): Promise<ActionResult<null>> {
  return runAction(async () => {
    const user = await authorizeUser();
    await endSession({ userId: user.id, label: user.email, input });
    return null;
  });
}

export async function startTwoFactorAction(input: { password: string }): Promise<ActionResult<{ secret: string; uri: string }>> {
  return runAction(async () => startTwoFactor({ userId: (await authorizeUser()).id, issuer: (await readBranding()).product, input }));
}

export async function confirmTwoFactorAction(input: { code: string }): Promise<ActionResult<{ recoveryCodes: string[] }>> {
  return runAction(async () => confirmTwoFactor({ userId: (await authorizeUser()).id, input }));
}

export async function renewRecoveryCodesAction(input: { password: string }): Promise<ActionResult<{ recoveryCodes: string[] }>> {
  return runAction(async () => renewRecoveryCodes({ userId: (await authorizeUser()).id, input }));
}

export async function turnOffTwoFactorAction(input: { password: string }): Promise<ActionResult<null>> {
  return runAction(async () => {
    await turnOffTwoFactor({ userId: (await authorizeUser()).id, input });
    return null;
  });
}

export async function sendVerificationAction(): Promise<ActionResult<null>> {
  return runAction(async () => {
    const user = await authorizeUser();
    await sendVerification({ userId: user.id, locale: await getLocale() });
    return null;
  });
}

export async function deleteAccountAction(input: { password: string }): Promise<ActionResult<null>> {
  const result = await runAction(async () => {
    await deleteAccount({ userId: (await authorizeUser()).id, input });
    return null;
  });
  if (!result.ok) return result;
  await closeSession();
  redirect('/');
}
