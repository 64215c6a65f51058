'use server';

import { openSession } from '@/lib/auth/session';
import { type ActionResult, operatorAction, runAction } from '@/lib/http/action';
import { SignupPolicyInput, saveSignupPolicy } from '@/lib/services/accounts/signup-policy';
import { parseInput } from '@/lib/services/parse-input';
import { ClaimSetupInput, claimSetup } from '@/lib/services/setup/claim-setup';
import { ApplyStarterInput, applyStarter } from '@/lib/services/setup/starter-aliases';

/** For whoever holds the token, signed in or not; it signs the new operator in. */
export async function claimSetupAction(input: unknown): Promise<ActionResult<void>> {
  return runAction(async () => openSession(await claimSetup({ input: parseInput(ClaimSetupInput, input) })));
}

export const applyStarterAction = operatorAction(ApplyStarterInput, applyStarter);
export const saveSignupPolicyAction = operatorAction(SignupPolicyInput, saveSignupPolicy);
