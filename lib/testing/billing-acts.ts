import { newId } from '@/lib/kernel/ids';
import { choosePlan } from '@/lib/services/billing/choose-plan';
import { topUp } from '@/lib/services/billing/top-up';
import { type BillingBench, ORIGIN } from './billing';

/** What people and calls do in front of a simulated Stripe: buy a plan, buy credit, spend. */
export function billingActs(bench: BillingBench) {
  const sessionOf = (url: string) => url.split('/').at(-1) ?? '';

  return {
    sessionOf,

    /** What the operator has not resolved yet, by kind. */
    async alerts(): Promise<string[]> {
      return (await bench.db.query<{ kind: string }>('SELECT kind FROM billing_alert WHERE resolved_at IS NULL ORDER BY kind')).map(({ kind }) => kind);
    },

    /** How the organization stands with its payments. */
    async stateOf(): Promise<string | undefined> {
      return (await bench.db.query<{ state: string }>('SELECT state FROM billing_account WHERE org_id = $1', [bench.org.id]))[0]?.state;
    },

    /** What may still be owed beyond all credit, nano-USD. */
    async overageLeft(): Promise<bigint> {
      const [row] = await bench.db.query<{ room: string }>('SELECT limit_nano - spent_nano AS room FROM account WHERE id = $1', [
        `${bench.org.id}/fund/overage`,
      ]);
      return BigInt(row?.room ?? 0);
    },

    /** The newest charge at Stripe. */
    lastCharge: (): string => Object.values(bench.test.simulator.sim.state.charges).at(-1)?.id ?? '',

    /** Buys a plan and pays for it; returns the session. */
    async subscribe(plan = 'pro', pay: Record<string, string> = {}): Promise<string> {
      const choice = await choosePlan({ ctx: bench.ctx, input: { plan, origin: ORIGIN } });
      if (choice.kind !== 'checkout') throw new Error('expected a checkout');
      const session = sessionOf(choice.url);
      await bench.control('pay', { session, ...pay });
      return session;
    },

    /** Buys credit and pays for it; returns the session. */
    async buyCredit(amount: string, pay: Record<string, string> = {}): Promise<string> {
      const session = sessionOf((await topUp({ ctx: bench.ctx, input: { usd: amount, origin: ORIGIN } })).url);
      await bench.control('pay', { session, ...pay });
      return session;
    },

    /** A request that cost something, charged straight to a fund as the gateway's settlement does. */
    async spend(fund: string, nano: bigint, at = new Date(Date.now() - 600_000), orgId = bench.org.id): Promise<void> {
      const account = `${orgId}/fund/${fund}`;
      await bench.db.query(
        `INSERT INTO account (id, org_id, scope_type, scope_id, period, window_start, limit_nano) VALUES ($1, $2, 'fund', $3, 'total', 'epoch', 0) ON CONFLICT DO NOTHING`,
        [account, orgId, fund],
      );
      await bench.db.query('UPDATE account SET spent_nano = spent_nano + $2 WHERE id = $1', [account, nano.toString()]);
      await bench.db.query(
        `INSERT INTO ledger_entry (id, org_id, created_at, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id) VALUES ($1, $2, $3, 'charge', $4, $5, 'revenue', $6, 0, 'request', $7)`,
        [newId('ent'), orgId, at, fund, account, nano.toString(), newId('req')],
      );
    },
  };
}
