import { price } from '@/lib/catalog';
import { newId } from '@/lib/kernel/ids';
import { minMoney, type Money, ZERO } from '@/lib/kernel/money';
import type { Usage } from '@/lib/kernel/usage';
import type { RequestRow } from '@/lib/ledger';
import { bodyRows } from '../bodies';
import type { GatewayDeps } from '../deps';
import { answeredRow } from '../request-row';
import type { Candidate, Outcome, Planned, Running, Settled } from '../types';

/**
 * Prices what was delivered, releases the rest of the hold and completes the row, all in one committed batch. The charge
 * never exceeds the hold: usage beyond it is flagged, not billed.
 */
export async function settle(deps: GatewayDeps, planned: Planned, running: Running, outcome: Exclude<Outcome, { kind: 'failed' }>): Promise<Settled> {
  const opened = await planned.stored.then(
    () => true,
    () => false,
  );
  const startedAt = deps.clock.monotonic();
  const priced = priceUsage(outcome.usage, outcome.answer.candidate, planned.receivedAtMs);
  const ceiling = planned.hold.kind === 'held' ? planned.hold.ceiling : null;
  const overHold = ceiling !== null && priced.charge > ceiling;
  const charge = overHold ? minMoney(priced.charge, ceiling) : priced.charge;
  const durationMs = startedAt - planned.startedAt;
  const upstreamMs = running.attempts.reduce((sum, attempt) => sum + (attempt.duration_ms ?? 0), 0);
  const settled: Settled = { charge, providerCost: priced.providerCost, durationMs, gatewayMs: Math.max(0, durationMs - upstreamMs) };

  const last = running.attempts[running.attempts.length - 1];
  if (last) last.cost_nano = priced.providerCost.toString();
  const row = answeredRow(deps, planned, overHold ? { ...outcome, usageSuspect: true } : outcome, settled, priced, {
    count: running.attempts.length,
    fallback: last?.reason === 'fallback',
  });
  await deps.ledger.close({
    id: planned.requestId,
    org: planned.caller.org.id,
    entry: newId('ent'),
    charge,
    row,
    attempts: running.attempts,
    bodies: bodyRows(planned, outcome.answer.logged),
    opened,
  });
  planned.slot.release(outcome.usage.input + outcome.usage.output);
  planned.timings.settle = deps.clock.monotonic() - startedAt;
  return settled;
}

function priceUsage(
  usage: Usage,
  { card, providerCard }: Candidate,
  nowMs: number,
): { charge: Money; providerCost: Money } & Pick<RequestRow, 'price_card_id' | 'cost_lines'> {
  if (!card || !providerCard) return { charge: ZERO, providerCost: ZERO, price_card_id: null, cost_lines: null };
  const toPay = price(usage, card, nowMs);
  return {
    charge: toPay.total,
    providerCost: card === providerCard ? toPay.total : price(usage, providerCard, nowMs).total,
    price_card_id: card.id,
    cost_lines: toPay.lines.map((line) => ({ item: line.item, tokens: line.tokens, rate_nano: line.rate.toString(), amount_nano: line.amount.toString() })),
  };
}
