import { z } from 'zod';
import { type Ctx, requireRight } from '@/lib/services/context';
import { type Tx, withOrg } from '@/lib/store';
import { SAMPLE_DAYS } from './generate-sample';

const StoredSample = z.object({
  set: z.string(),
  /** The moment the thirty days end at, ISO. */
  until: z.string(),
  keys: z.record(z.string(), z.object({ id: z.string(), last4: z.string() })),
  budgetId: z.string(),
  daysLoaded: z.number().int(),
});

/** What is remembered of an organization's sample while it is loaded. */
export type StoredSample = z.infer<typeof StoredSample>;

/** `days` of `of` are loaded; null where no sample is. */
export interface SampleState {
  days: number;
  of: number;
}

export async function getSampleState({ ctx }: { ctx: Ctx }): Promise<SampleState | null> {
  requireRight(ctx, 'logs:read');
  const stored = await withOrg(ctx.orgId, (tx) => readSample(tx, ctx.orgId));
  return stored && { days: stored.daysLoaded, of: SAMPLE_DAYS };
}

export async function readSample(tx: Tx, orgId: string): Promise<StoredSample | null> {
  const row = await tx.setting.findUnique({ where: { key: settingKey(orgId) } });
  return row ? StoredSample.parse(row.value) : null;
}

export async function writeSample(tx: Tx, orgId: string, value: StoredSample): Promise<void> {
  await tx.setting.upsert({ where: { key: settingKey(orgId) }, create: { key: settingKey(orgId), value }, update: { value } });
}

export async function forgetSample(tx: Tx, orgId: string): Promise<void> {
  await tx.setting.delete({ where: { key: settingKey(orgId) } });
}

/** Two tabs may press the button at once: one after the other. */
export async function lockSample(tx: Tx, orgId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${settingKey(orgId)}))`;
}

function settingKey(orgId: string): string {
  return `sample.${orgId}`;
}
