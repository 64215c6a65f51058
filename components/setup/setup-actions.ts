import type { z } from 'zod';
import type { AddProvider, TestConnection } from '@/components/operator/providers/provider-actions';
import type { ActionResult } from '@/lib/http/action';
import type { SignupPolicyInput } from '@/lib/services/accounts/signup-policy';

export interface SetupActions {
  test: TestConnection;
  add: AddProvider;
  applyStarter: (input: { aliases: { name: string; targets: string[] }[] }) => Promise<ActionResult<void>>;
  saveSignup: (input: z.input<typeof SignupPolicyInput>) => Promise<ActionResult<void>>;
}

export type ClaimSetup = (input: { token: string; name: string; email: string; password: string; organization: string }) => Promise<ActionResult<void>>;

export const STEPS = ['owner', 'checks', 'providers', 'starter', 'signup', 'done'] as const;
export type Step = (typeof STEPS)[number];
