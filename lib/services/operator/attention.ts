import { formatUsd } from '@/lib/kernel/money';
import type { Tx } from '@/lib/store';

/** What an operator should look at, each with where. */
export type Attention =
  | { kind: 'unpriced'; count: number; names: string[] }
  | { kind: 'no_credential'; providers: string[] }
  | { kind: 'failed_test'; providers: string[] }
  | { kind: 'retiring_models'; names: string[] }
  | { kind: 'retiring_credentials'; count: number }
  | { kind: 'write_offs'; count: number; usd: string }
  | { kind: 'failed_jobs'; names: string[] };

const DAY_MS = 86_400_000;
/** How long before its last day a model is worth a word. */
const NOTICE_MS = 30 * DAY_MS;

/** Trouble that nobody called about yet: models without a price, providers without a key, money written off. */
export async function readAttention(tx: Tx): Promise<Attention[]> {
  const found: Attention[] = [];
  const models = await tx.model.findMany({ where: { enabled: true }, select: { id: true, retiresAt: true, _count: { select: { cards: { where: { orgId: null } } } } }, orderBy: { id: 'asc' } });
  const unpriced = models.filter(({ _count }) => _count.cards === 0).map(({ id }) => id);
  if (unpriced.length > 0) found.push({ kind: 'unpriced', count: unpriced.length, names: unpriced.slice(0, 5) });
  const retiring = models.filter(({ retiresAt }) => retiresAt !== null && retiresAt.getTime() < Date.now() + NOTICE_MS).map(({ id }) => id);
  if (retiring.length > 0) found.push({ kind: 'retiring_models', names: retiring.slice(0, 5) });

  const providers = await tx.provider.findMany({ where: { enabled: true, adapter: { not: 'demo' } }, include: { credentials: true }, orderBy: { id: 'asc' } });
  const bare = providers.filter(({ credentials }) => credentials.length > 0 && !credentials.some(({ enabled, sealed }) => enabled && sealed !== null)).map(({ id }) => id);
  if (bare.length > 0) found.push({ kind: 'no_credential', providers: bare });
  const failed = providers.filter(({ credentials }) => credentials.some(({ enabled, testedAt, lastTest }) => enabled && testedAt !== null && (lastTest as { ok?: boolean } | null)?.ok === false)).map(({ id }) => id);
  if (failed.length > 0) found.push({ kind: 'failed_test', providers: failed });
  const ending = providers.flatMap(({ credentials }) => credentials.filter(({ retiresAt }) => retiresAt !== null)).length;
  if (ending > 0) found.push({ kind: 'retiring_credentials', count: ending });

  const writeOffs = await tx.ledgerEntry.aggregate({ where: { kind: 'write_off', createdAt: { gt: new Date(Date.now() - 30 * DAY_MS) } }, _count: true, _sum: { amountNano: true } });
  if (writeOffs._count > 0) found.push({ kind: 'write_offs', count: writeOffs._count, usd: formatUsd(writeOffs._sum.amountNano ?? 0n) });
  const jobs = await tx.jobRun.findMany({ where: { error: { not: null } }, select: { name: true }, orderBy: { name: 'asc' } });
  if (jobs.length > 0) found.push({ kind: 'failed_jobs', names: jobs.map(({ name }) => name) });
  return found;
}
