import { price } from '@/lib/catalog';
import { type Money, ZERO } from '@/lib/kernel/money';
import type { Usage } from '@/lib/kernel/usage';
import type { RequestRow } from '@/lib/ledger';
import { outputBoundOf, outputLimitOf } from '@/lib/wire';
import { bodyRows } from '../bodies';
import type { GatewayDeps } from '../deps';
import { answeredRow } from '../request-row';
import type { Candidate, Outcome, Planned, Running, Settled } from '../types';

/**
 * Prices what was delivered, releases the rest of the hold and completes the row, all in one committed batch. Output
 * beyond the limit that the call set is flagged and not billed; an input count beyond the hold is flagged and billed only
 * as far as every limit still has room.
 */
export async function settle(deps: GatewayDeps, planned: Planned, running: Running, outcome: Exclude<Outcome, { kind: 'failed' }>): Promise<Settled> {
  planned.stored.ended();
  const startedAt = deps.clock.monotonic();
  const { candidate } = outcome.answer;
  const usage = boundedUsage(outcome.usage, planned, candidate);
  const priced = priceUsage(usage, candidate, planned.receivedAtMs);
  const hold = planned.hold.kind === 'held' ? planned.hold.hold : null;
  const durationMs = startedAt - planned.startedAt;
  const first = running.attempts[0];
  const last = running.attempts[running.attempts.length - 1];
  // From the first attempt to the end of the last, waits between them included: none of it is the gateway's own time.
  const upstreamMs = first && last ? last.offset_ms + (last.duration_ms ?? 0) - first.offset_ms : 0;
  const settled: Settled = { charge: priced.charge, providerCost: priced.providerCost, durationMs, gatewayMs: Math.max(0, durationMs - upstreamMs) };

  if (last) last.cost_nano = priced.providerCost.toString();
  const suspect = outcome.usageSuspect || (hold !== null && priced.charge > hold.amount) || usage !== outcome.usage;
  const row = answeredRow(deps, planned, { ...outcome, usage, usageSuspect: suspect }, settled, priced, {
    count: running.attempts.length,
    fallback: last?.reason === 'fallback',
  });
  const charge = await deps.ledger.close({
    id: planned.requestId,
    org: planned.caller.org.id,
    charge: priced.charge,
    hold,
    admittedBy: planned.admittedBy,
    answeredBy: answeredBy(planned, candidate, running),
    row,
    opened: planned.stored.opened,
    attempts: running.attempts,
    bodies: bodyRows(planned, outcome.answer.logged),
  });
  planned.slot.release(usage.input + usage.output);
  planned.timings.settle = deps.clock.monotonic() - startedAt;
  settled.charge = charge;
  return settled;
}

/** Every name by which a budget may mean what answered. */
function answeredBy({ alias, policy }: Planned, { model }: Candidate, { credentialId }: Running): string[] {
  const names = alias ? [model.id, alias.name] : [model.id];
  if (policy.operatorBudgets) names.push(`provider:${model.provider.id}`, `credential:${credentialId}`);
  return names;
}

function boundedUsage(usage: Usage, planned: Planned, { model, carried }: Candidate): Usage {
  const limit = planned.clampedTo ?? outputLimitOf(carried.call) ?? model.maxOutputTokens;
  if (limit === null) return usage;
  const bound = outputBoundOf(carried.call, { maxOutputTokens: limit });
  if (usage.output <= bound) return usage;
  return { ...usage, output: bound, reasoning: usage.reasoning === null ? null : Math.min(usage.reasoning, bound) };
}

function priceUsage(
  usage: Usage,
  { card, providerCard }: Candidate,
  nowMs: number,
): { charge: Money; providerCost: Money } & Pick<RequestRow, 'price_card_id' | 'cost_lines'> {
  if (!card || !providerCard) return { charge: ZERO, providerCost: ZERO, };
  const toPay = price(usage, card, nowMs);
  return {
    charge: toPay.total,
    providerCost: card === providerCard ? toPay.total : price(usage, providerCard, nowMs).total,
    price_card_id: card.id,
    cost_lines: toPay.lines.map((line) => ({ item: line.item, tokens: line.tokens, rate_nano: line.rate.toString(), amount_nano: line.amount.toString() })),
  };
}
