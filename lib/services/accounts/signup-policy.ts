import { z } from 'zod';
import { env } from '@/lib/env';
import { FairleadError } from '@/lib/kernel/errors';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem, type Tx } from '@/lib/store';

const SETTING = 'signup';
/** From the widest to the narrowest. */
const POLICIES = ['open', 'invite', 'closed'] as const;

export const SignupPolicyInput = z.object({
  policy: z.enum(POLICIES),
  /** Mail domains that may sign up; empty: all. */
  domains: z.array(z.string().trim().toLowerCase().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a domain such as example.com')).max(100),
});

/** What the operator set. */
export type SignupChoice = z.infer<typeof SignupPolicyInput>;

export interface SignupPolicy extends SignupChoice {
  /** What SIGNUP says: the pages can narrow it and never widen it. */
  bound: (typeof POLICIES)[number];
}

/** Who may sign up by themselves: the narrower of SIGNUP and what the operator set. */
export async function readSignupPolicy(tx?: Tx): Promise<SignupPolicy> {
  const row = await (tx ? tx.setting.findUnique({ where: { key: SETTING } }) : asSystem((own) => own.setting.findUnique({ where: { key: SETTING } })));
  const set = SignupPolicyInput.safeParse(row?.value ?? { policy: 'open', domains: [] });
  const { policy, domains } = set.success ? set.data : { policy: 'closed' as const, domains: [] };
  const bound = env().signup;
  return { policy: POLICIES.indexOf(bound) > POLICIES.indexOf(policy) ? bound : policy, domains, bound };
}

/** Throws `signup_closed` where this address may not sign up by itself. */
export function assertMaySignUp({ policy, domains }: SignupPolicy, email: string): void {
  if (policy !== 'open') throw new FairleadError('signup_closed', policy === 'invite' ? 'Sign-up is by invitation on this installation.' : undefined);
  if (domains.length > 0 && !domains.includes(email.split('@')[1] ?? '')) throw new FairleadError('signup_closed', 'Sign-up is limited to certain mail domains on this installation.');
}

/** Changes who may sign up, at once. */
export async function saveSignupPolicy({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof SignupPolicyInput> }): Promise<void> {
  await asSystem(async (tx) => {
    const before = await tx.setting.findUnique({ where: { key: SETTING } });
    await tx.setting.upsert({ where: { key: SETTING }, create: { key: SETTING, value: input }, update: { value: input, updatedAt: new Date() } });
    await recordAudit(tx, ctx, { action: 'settings.signup', targetType: 'settings', targetId: SETTING, before: before?.value ?? undefined, after: input });
  });
}
