import { z } from 'zod';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem, bumpVersion, type Tx } from '@/lib/store';

/** The row that the gateway's policy reads, too. */
const SETTING = 'platform.deny';

export const PlatformDenyInput = z.object({
  rules: z
    .array(
      z.object({
        /** A name, a pattern or a condition, as in a plan's lists. */
        rule: z.string().trim().regex(/^[A-Za-z0-9*][A-Za-z0-9._:@/+*-]{0,199}$/, 'must be a name, a pattern such as "gpt-*", or a condition such as "region:cn"'),
        /** Why, for whoever asks later: a regulation, a contract. */
        reason: z.string().trim().max(200),
      }),
    )
    .max(200),
});

export type PlatformRule = z.infer<typeof PlatformDenyInput>['rules'][number];

/** What nobody on this installation may call, whatever a plan, an organization, a role or a key allows. */
export async function readPlatformDeny(tx: Tx): Promise<PlatformRule[]> {
  const row = await tx.setting.findUnique({ where: { key: SETTING } });
  const parsed = PlatformDenyInput.shape.rules.safeParse(row?.value ?? []);
  return parsed.success ? parsed.data : [];
}

export async function listPlatformDeny(_args: { ctx: OperatorCtx }): Promise<PlatformRule[]> {
  return asSystem(readPlatformDeny);
}

/** Replaces the list. Every gateway follows within a second. */
export async function savePlatformDeny({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof PlatformDenyInput> }): Promise<void> {
  await asSystem(async (tx) => {
    const before = await readPlatformDeny(tx);
    await tx.setting.upsert({ where: { key: SETTING }, create: { key: SETTING, value: input.rules }, update: { value: input.rules, updatedAt: new Date() } });
    await recordAudit(tx, ctx, { action: 'policy.deny', targetType: 'policy', targetId: 'platform', before, after: input.rules });
    await bumpVersion(tx, 'policy');
  });
}
