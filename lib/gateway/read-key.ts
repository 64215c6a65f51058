import { formatUsd, type Money, nano } from '@/lib/kernel/money';
import { budgetWindow } from '@/lib/ledger';
import type { GatewayPool } from '@/lib/store';
import type { GatewayDeps } from './deps';
import type { Exchange } from './exchange';
import { identify } from './stages/authenticate';
import { shownScopes } from './stages/admit';

type ReadDeps = GatewayDeps & { pool: GatewayPool };

/** `GET /v1/key`: a key's limits and what is left of them. */
export async function readKey(deps: ReadDeps, exchange: Exchange): Promise<unknown> {
  const caller = await identify(deps, exchange);
  const policy = deps.policy.current();
  const plan = policy.plans.get(caller.planId);
  const { key, org } = caller;
  const rates = plan ? deps.limiter.headersFor(shownScopes({ caller, plan })) : null;
  return {
    data: {
      id: key.id,
      name: key.name,
      last4: key.last4,
      organization: org.slug,
      plan: caller.planId,
      models: key.models,
      expires_at: key.expiresAtMs === null ? null : new Date(key.expiresAtMs).toISOString(),
      limits: {
        requests_per_minute: rates?.limitRequests ?? null,
        requests_remaining: rates?.remainingRequests ?? null,
        tokens_per_minute: rates?.limitTokens ?? null,
        tokens_remaining: rates?.remainingTokens ?? null,
      },
      budget: key.budget && (await readBudget(deps, caller)),
    },
  };
}

/** `GET /v1/credits`: the organization's balance in real money; demo and simulated funds are listed apart. */
export async function readCredits(deps: ReadDeps, exchange: Exchange): Promise<unknown> {
  const { org } = await identify(deps, exchange);
  const { rows } = await deps.pool.query<{ fund: string; credited: string; spent: string; held: string }>(
    `SELECT scope_id AS fund, limit_nano::text AS credited, spent_nano::text AS spent, held_nano::text AS held FROM account WHERE org_id = $1 AND scope_type = 'fund' ORDER BY scope_id`,
    [org.id],
  );
  const total = { available: 0n, held: 0n, spent: 0n };
  const funds = rows.map(({ fund, credited, spent, held }) => {
    const available = BigInt(credited) - BigInt(spent) - BigInt(held);
    if (fund !== 'demo' && fund !== 'simulated') {
      total.available += available;
      total.held += BigInt(held);
      total.spent += BigInt(spent);
    }
    return { fund, available_usd: formatUsd(available), held_usd: formatUsd(BigInt(held)), spent_usd: formatUsd(BigInt(spent)) };
  });
  return {
    data: { available_usd: formatUsd(total.available), held_usd: formatUsd(total.held), spent_usd: formatUsd(total.spent), currency: 'USD', funds },
  };
}

async function readBudget(deps: ReadDeps, { org, key }: Awaited<ReturnType<typeof identify>>) {
  const budget = key.budget as { limit: Money; period: 'day' | 'week' | 'month' | 'total' };
  const window = budgetWindow({
    orgId: org.id,
    scopeType: 'key',
    scopeId: key.lineId,
    period: budget.period,
    limit: budget.limit,
    timezone: org.timezone,
    nowMs: deps.clock.now(),
  });
  const { rows } = await deps.pool.query<{ spent: string; held: string }>(
    'SELECT spent_nano::text AS spent, held_nano::text AS held FROM account WHERE id = $1',
    [window.id],
  );
  const spent = BigInt(rows[0]?.spent ?? '0');
  const held = BigInt(rows[0]?.held ?? '0');
  return {
    limit_usd: formatUsd(budget.limit),
    period: budget.period,
    spent_usd: formatUsd(spent),
    held_usd: formatUsd(held),
    remaining_usd: formatUsd(nano(budget.limit - spent - held)),
    resets_at: window.end,
  };
}
