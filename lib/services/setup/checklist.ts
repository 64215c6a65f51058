import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { runChecks } from './run-checks';

const SETTING = 'setup.checklist';

export type ChecklistStep = 'checks' | 'provider' | 'aliases' | 'signup' | 'tenant' | 'call';

/** What is left of setting up, in the order one does it. */
export type Checklist = { step: ChecklistStep; done: boolean }[];

/** The steps of setting up and which are done; null once all are, or an operator put the list away. */
export async function readChecklist({ ctx }: { ctx: OperatorCtx }): Promise<Checklist | null> {
  const found = await asSystem(async (tx) => {
    if (await tx.setting.findUnique({ where: { key: SETTING }, select: { key: true } })) return null;
    const [row] = await tx.$queryRaw<Record<Exclude<ChecklistStep, 'checks'>, boolean>[]>`
      SELECT EXISTS (SELECT FROM provider p JOIN credential c ON c.provider_id = p.id WHERE p.adapter <> 'demo' AND p.enabled AND c.enabled) AS provider,
        EXISTS (SELECT FROM alias a, jsonb_array_elements(a.targets) t JOIN model m ON m.id = t ->> 'model' JOIN provider p ON p.id = m.provider_id WHERE p.adapter <> 'demo') AS aliases,
        EXISTS (SELECT FROM setting WHERE key = 'signup') AS signup,
        EXISTS (SELECT FROM membership m JOIN app_user u ON u.id = m.user_id WHERE NOT u.is_operator) AS tenant,
        EXISTS (SELECT FROM usage_rollup) AS call`;
    return row ?? null;
  });
  if (found === null) return null;
  const checks = (await runChecks({ ctx })).every(({ state }) => state !== 'problem');
  const list = (['checks', 'provider', 'aliases', 'signup', 'tenant', 'call'] as const).map((step) => ({ step, done: step === 'checks' ? checks : found[step] }));
  return list.every(({ done }) => done) ? null : list;
}

/** Puts the list away, for every operator. */
export async function dismissChecklist({ ctx }: { ctx: OperatorCtx }): Promise<void> {
  await asSystem(async (tx) => {
    const value = { dismissed: true };
    await tx.setting.upsert({ where: { key: SETTING }, create: { key: SETTING, value }, update: { value, updatedAt: new Date() } });
    await recordAudit(tx, ctx, { action: 'settings.checklist', targetType: 'settings', targetId: SETTING, after: value });
  });
}
