import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { formatUsd, nano } from '@/lib/kernel/money';
import { type Adjusted, adjustCharges, type ChargeCorrection } from '@/lib/ledger';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem, type Tx } from '@/lib/store';
import { correctedCost } from './corrected-cost';
import { type ChargedCall, readCharged } from './read-charged';
import { readCards } from './read-cards';

const instant = z.union([z.iso.datetime({ offset: true }), z.iso.date()], 'must be a time such as 2026-11-25T08:00:00Z, or a day');

export const RerateInput = z.object({
  /** First instant; a day begins at midnight UTC. */
  from: instant,
  /** First instant after the period. */
  to: instant,
  /** Slug of one organization; all without it. */
  org: z.string().trim().min(1).optional(),
  /** Books the differences; without it they are only shown. */
  apply: z.boolean().default(false),
});

/** Calls of one organization and model whose cost is another one under the cards of today. Dollars. */
export interface RerateDifference {
  org: string;
  model: string;
  calls: number;
  charged_usd: string;
  corrected_usd: string;
  /** Negative: they paid too much. */
  difference_usd: string;
  provider_cost_usd: string;
  corrected_provider_cost_usd: string;
}

export interface RerateReport {
  from: string;
  to: string;
  /** Calls with a charge, or without a price, in the period. */
  calls: number;
  differences: RerateDifference[];
  /** Calls whose charge does not follow from their card, such as one cut at its hold: left alone. */
  unexplained: number;
  /** Null: nothing was booked. */
  booked: { entries: number; refunded_usd: string; charged_usd: string; forgone_usd: string } | null;
}

const PAGE = 2_000;

interface Sum {
  org: string;
  model: string;
  calls: number;
  charged: bigint;
  corrected: bigint;
  provider: bigint;
  correctedProvider: bigint;
}

/**
 * Prices the calls of a period anew, each by the card that is in force for its moment today, and shows what differs from
 * what they were charged (earlier corrections counted). With `apply` the differences become adjustment entries, once each:
 * the rows and charges themselves stay. Demo calls and samples are left out. Throws `invalid_request`, `not_found`.
 */
export async function rerate({ ctx, input }: { ctx: OperatorCtx; input: z.input<typeof RerateInput> }): Promise<RerateReport> {
  const { apply, ...given } = parseInput(RerateInput, input);
  const period = { from: new Date(given.from), to: new Date(given.to) };
  if (period.from >= period.to) throw new FairleadError('invalid_request', 'The period ends before it begins.', { param: 'to' });
  const sums = new Map<string, Sum>();
  const booked: Adjusted = { entries: 0, refunded: nano(0n), charged: nano(0n), forgone: nano(0n) };
  let calls = 0;
  let unexplained = 0;

  const scope = await asSystem(async (tx) => ({ cards: await readCards(tx), orgId: given.org === undefined ? null : await findOrgId(tx, given.org) }));
  for (let after: ChargedCall | null = null; ; ) {
    const page: ChargedCall[] = await asSystem(async (tx) => {
      const found = await readCharged(tx, { ...period, orgId: scope.orgId, after, limit: PAGE });
      const corrections: ChargeCorrection[] = [];
      for (const call of found) {
        const now = scope.cards.at(call.model, call.orgId, call.createdMs);
        if (!now || now.id === call.ratedBy) continue;
        const corrected = correctedCost(call, call.cardId === null ? null : scope.cards.byId(call.cardId), now, scope.cards.markupsOf(call.planId));
        if (!corrected) unexplained += 1;
        else if (corrected.cost !== call.charged || corrected.providerCost !== call.providerCost) {
          note(sums, call, corrected);
          corrections.push(...correctionsOf(call, corrected.cost - call.charged, now.id));
        }
      }
      if (apply && corrections.length > 0) add(booked, await adjustCharges(tx, corrections));
      return found;
    });
    calls += page.length;
    if (page.length < PAGE) break;
    after = page[page.length - 1] as ChargedCall;
  }

  const report: RerateReport = {
    from: period.from.toISOString(),
    to: period.to.toISOString(),
    calls,
    differences: [...sums.values()].sort((a, b) => (a.org === b.org ? (a.model < b.model ? -1 : 1) : a.org < b.org ? -1 : 1)).map(toDifference),
    unexplained,
    booked: apply ? { entries: booked.entries, refunded_usd: formatUsd(booked.refunded), charged_usd: formatUsd(booked.charged), forgone_usd: formatUsd(booked.forgone) } : null,
  };
  if (apply) await asSystem((tx) => recordAudit(tx, ctx, { action: 'ledger.rerate', targetType: 'ledger', targetId: given.org ?? null, after: report }));
  return report;
}

/** A refund goes back the way the money came, last leg first; what was too little is asked of the last leg's account. */
function correctionsOf({ id, orgId, legs }: ChargedCall, difference: bigint, cardId: string): ChargeCorrection[] {
  const memo = `Priced anew by ${cardId}`;
  const source = `${id}/${cardId}`;
  const last = legs[legs.length - 1] ?? { fund: 'postpaid', account: `${orgId}/postpaid`, amount: 0n, leg: 0 };
  if (difference >= 0n) return difference === 0n ? [] : [{ org: orgId, fund: last.fund, account: last.account, source, leg: last.leg, amount: difference, memo }];
  const corrections: ChargeCorrection[] = [];
  let rest = -difference;
  for (const { fund, account, amount, leg } of [...legs].reverse()) {
    const back = rest < amount ? rest : amount;
    if (back > 0n) corrections.push({ org: orgId, fund, account, source, leg, amount: -back, memo });
    rest -= back;
  }
  return corrections;
}

function note(sums: Map<string, Sum>, call: ChargedCall, corrected: { cost: bigint; providerCost: bigint }): void {
  const name = `${call.orgSlug}\n${call.model}`;
  let sum = sums.get(name);
  if (!sum) sums.set(name, (sum = { org: call.orgSlug, model: call.model, calls: 0, charged: 0n, corrected: 0n, provider: 0n, correctedProvider: 0n }));
  sum.calls += 1;
  sum.charged += call.charged;
  sum.corrected += corrected.cost;
  sum.provider += call.providerCost;
  sum.correctedProvider += corrected.providerCost;
}

function toDifference({ org, model, calls, charged, corrected, provider, correctedProvider }: Sum): RerateDifference {
  return {
    org,
    model,
    calls,
    charged_usd: formatUsd(charged),
    corrected_usd: formatUsd(corrected),
    difference_usd: formatUsd(corrected - charged),
    provider_cost_usd: formatUsd(provider),
    corrected_provider_cost_usd: formatUsd(correctedProvider),
  };
}

function add(sum: Adjusted, more: Adjusted): void {
  sum.entries += more.entries;
  sum.refunded = nano(sum.refunded + more.refunded);
  sum.charged = nano(sum.charged + more.charged);
  sum.forgone = nano(sum.forgone + more.forgone);
}

async function findOrgId(tx: Tx, slug: string): Promise<string> {
  const org = await tx.organization.findUnique({ where: { slug }, select: { id: true } });
  if (!org) throw new FairleadError('not_found', `There is no organization ${JSON.stringify(slug)}.`);
  return org.id;
}
