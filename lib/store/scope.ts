import { type Tx, prisma } from './prisma';

/**
 * Runs `work` in one transaction that sees and writes the rows of `orgId` only. The database enforces it
 * (forced row-level security), so a forgotten filter finds nothing instead of another tenant's rows.
 */
export async function withOrg<T>(orgId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return prisma().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT set_config('fairlead.org_id', ${orgId}, true)`;
    return work(tx);
  });
}

/** Runs `work` across tenants: sign-in, operator pages, webhooks, configuration, jobs. Never for a tenant's own request. */
export async function asSystem<T>(work: (tx: Tx) => Promise<T>, { timeoutMs }: { timeoutMs?: number } = {}): Promise<T> {
  return prisma().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT set_config('fairlead.system', 'on', true)`;
    return work(tx);
  }, timeoutMs === undefined ? undefined : { timeout: timeoutMs });
}

/**
 * Tells every running process to reload `policy` (providers, models, prices, aliases, plans, organizations) or `keys`,
 * within 400 ms of the commit. Call it in the transaction that made the change.
 */
export async function bumpVersion(tx: Tx, name: 'policy' | 'keys'): Promise<void> {
  await tx.$executeRaw`INSERT INTO version (name, value) VALUES (${name}, 1) ON CONFLICT (name) DO UPDATE SET value = version.value + 1`;
}
