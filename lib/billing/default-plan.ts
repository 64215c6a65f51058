import type { Tx } from '@/lib/store';

const FALLBACK = 'free';

/** The plan of organizations that pay for none. */
export async function readDefaultPlan(tx: Tx): Promise<string> {
  const row = await tx.setting.findUnique({ where: { key: 'defaultPlan' } });
  return typeof row?.value === 'string' ? row.value : FALLBACK;
}
