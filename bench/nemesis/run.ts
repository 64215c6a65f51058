import { setTimeout as sleep } from 'node:timers/promises';
import { nano, parseUsd } from '@/lib/kernel/money';
import { changeBudgetLimit, grantCredit } from '@/lib/ledger';
import { asSystem, bumpVersion } from '@/lib/store';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';
import type { Cluster } from './cluster';
import { SeededRandom } from './random';

export interface Plan {
  seed: number;
  /** The run goes on until all three are reached. */
  calls: number;
  kills: number;
  pauses: number;
  clients: number;
  seconds: number;
  pauseMs: number;
}

/** One call as its client saw it. */
export interface Seen {
  org: string;
  /** Null when no head arrived. */
  id: string | null;
  status: number | null;
  /** The whole answer arrived, with its proper ending. */
  complete: boolean;
  /** Dollars as the answer said them. */
  cost: string | null;
}

export interface LoweredLimit {
  keyId: string;
  org: string;
  limit: bigint;
  /** Unix milliseconds by which every process must have heard of it. */
  inForceAt: number;
  /** From here on a call may be admitted under the next limit, which leaves room again. */
  until: number;
}

export interface History {
  seen: Seen[];
  lowered: LoweredLimit[];
  kills: number;
  pauses: number;
}

/** A lowered limit recalls what was leased under the old one; this is how long that may take (like the revocation of a key). */
const RECALL_MS = 1_000;

/** Clients call, abort and pay while processes are killed, the database stands still, upstreams break and limits change. */
export async function runNemesis(cluster: Cluster, plan: Plan): Promise<History> {
  const random = new SeededRandom(plan.seed);
  cluster.upstream.script('std', () => {
    const fault = random.next();
    const delayMs = random.below(60);
    if (fault < 0.04) return { status: 500, delayMs };
    if (fault < 0.07) return { reset: 'before-headers', delayMs };
    if (fault < 0.1) return { cutAfter: 3, delayMs };
    return { delayMs, gapMs: random.below(8) };
  });
  const tenants = await Promise.all([
    createTenant({ credit: { included: '0.05', paid: '0.20' } }),
    createTenant({ credit: { paid: '0.02' }, plan: { prepaid: true } }),
    createTenant({ plan: { prepaid: false }, key: { budget: '5.00', budgetPeriod: 'total' } }),
  ]);
  await sleep(600);

  const history: History = { seen: [], lowered: [], kills: 0, pauses: 0 };
  const startedAt = performance.now();
  const isOver = () => history.seen.length >= plan.calls && history.kills >= plan.kills && history.pauses >= plan.pauses && performance.now() - startedAt >= plan.seconds * 1_000;
  const client = async () => {
    while (!isOver()) {
      const tenant = random.pick(tenants);
      const seen = await call(cluster, tenant, random);
      history.seen.push(seen);
      // Refused calls would fill the history while nothing happens.
      if (seen.status !== 200) await sleep(20);
    }
  };
  const nemesis = async () => {
    const gapMs = Math.max(500, Math.min(2_500, (plan.seconds * 1_000) / (plan.kills + plan.pauses + 1)));
    for (let turn = 0; !isOver(); turn++) {
      await sleep(gapMs * (0.5 + random.next()));
      if (turn % 5 < 3 && history.kills < plan.kills) {
        await cluster.kill(random.below(2));
        history.kills += 1;
      } else if (history.pauses < plan.pauses) {
        await cluster.pauseDatabase(plan.pauseMs);
        history.pauses += 1;
      } else if (history.kills < plan.kills) {
        await cluster.kill(random.below(2));
        history.kills += 1;
      }
    }
  };
  const treasurer = async () => {
    for (let turn = 0; !isOver(); turn++) {
      await sleep(700);
      const [first, second] = tenants as [TestTenant, TestTenant, TestTenant];
      const payer = turn % 2 === 0 ? first : second;
      await unlessAway(() => asSystem((tx) => grantCredit(tx, { orgId: payer.orgId, fund: 'paid', amount: parseUsd('0.02'), kind: 'topup', sourceType: 'test', sourceId: `${payer.orgId}:${turn}` })));
      if (turn % 6 === 4) await unlessAway(() => lowerLimit(cluster, tenants[2] as TestTenant, history));
    }
  };
  await Promise.all([nemesis(), treasurer(), ...Array.from({ length: plan.clients }, client)]);
  await cluster.settleDown();
  return history;
}

/** Lowers the budget to a little more than is spent, waits until it stops calls, and raises it again. */
async function lowerLimit(cluster: Cluster, tenant: TestTenant, history: History): Promise<void> {
  const [account] = await cluster.query<{ spent: string }>(`SELECT spent_nano::text AS spent FROM account WHERE org_id = $1 AND scope_type = 'key'`, [tenant.orgId]);
  if (!account) return;
  const change = (limit: bigint) =>
    asSystem(async (tx) => {
      await tx.apiKey.update({ where: { id: tenant.keyId }, data: { budgetNano: limit } });
      await changeBudgetLimit(tx, tenant.orgId, { scopeType: 'key', scopeId: tenant.keyId }, nano(limit));
      await bumpVersion(tx, 'keys');
    });
  const limit = BigInt(account.spent) + 1_000_000n;
  const last = history.lowered.at(-1);
  // A call that came before may still wait for room.
  if (last) last.until = Math.min(last.until, Date.now() - RECALL_MS);
  await change(limit);
  history.lowered.push({ keyId: tenant.keyId, org: tenant.orgId, limit, inForceAt: Date.now() + RECALL_MS, until: Number.POSITIVE_INFINITY });
}

async function unlessAway(work: () => Promise<unknown>): Promise<void> {
  // While the database stands still nobody can pay; the next turn tries again.
  await work().catch(() => undefined);
}

async function call(cluster: Cluster, tenant: TestTenant, random: SeededRandom): Promise<Seen> {
  const seen: Seen = { org: tenant.orgId, id: null, status: null, complete: false, cost: null };
  const urls = cluster.baseUrls();
  if (urls.length === 0) return seen;
  const stream = random.chance(0.4);
  const abort = new AbortController();
  if (random.chance(0.1)) setTimeout(() => abort.abort(), random.below(80));
  const patience = setTimeout(() => abort.abort(), 20_000);
  try {
    const response = await fetch(`${random.pick(urls)}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'std', messages: [{ role: 'user', content: 'tencharsxx' }], max_tokens: 20, stream, ...(stream ? { stream_options: { include_usage: true } } : {}) }),
      signal: abort.signal,
    });
    seen.id = response.headers.get('x-request-id');
    seen.status = response.status;
    const text = await response.text();
    if (response.status !== 200) return seen;
    if (!stream) return { ...seen, complete: true, cost: response.headers.get('x-fairlead-cost-usd') };
    const cost = /"cost":"?([\d.]+)/.exec(text)?.[1] ?? null;
    return { ...seen, complete: text.trimEnd().endsWith('data: [DONE]') && !text.includes('"error"'), cost };
  } catch {
    return seen;
  } finally {
    clearTimeout(patience);
  }
}
