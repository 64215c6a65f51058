import { PrismaPg } from '@prisma/adapter-pg';
import { env } from '@/lib/env';
import { Prisma, PrismaClient } from './generated/client';

export { Prisma };

/** A Prisma client inside a transaction whose row-level security scope is set. */
export type Tx = Prisma.TransactionClient;

const SLOT = Symbol.for('fairlead.prisma');

/** The console's client. It acts as `fairlead_app`: outside `withOrg` and `asSystem` every tenant table looks empty. */
export function prisma(): PrismaClient {
  const holder = globalThis as { [SLOT]?: PrismaClient };
  holder[SLOT] ??= new PrismaClient({
    adapter: new PrismaPg({ connectionString: env().databaseUrl, options: '-c role=fairlead_app', max: 10, connectionTimeoutMillis: 5_000 }),
    transactionOptions: { maxWait: 5_000, timeout: 15_000 },
  });
  return holder[SLOT];
}

/** Closes the client if it was opened; do this before stopping Postgres. */
export async function closePrisma(): Promise<void> {
  const holder = globalThis as { [SLOT]?: PrismaClient };
  await holder[SLOT]?.$disconnect();
  holder[SLOT] = undefined;
}
