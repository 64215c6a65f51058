import { z } from 'zod';
import { billingMode, billingRuntime, replayEvent } from '@/lib/billing';
import { FairleadError } from '@/lib/kernel/errors';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem } from '@/lib/store';

export const EVENT_STATES = ['queued', 'done', 'failed', 'parked', 'ignored'] as const;
export const ListEventsInput = z.object({ status: z.enum(EVENT_STATES).optional().catch(undefined), before: z.string().max(100).optional().catch(undefined) });

export interface StripeEventRow {
  id: string;
  type: string;
  objectId: string | null;
  customerId: string | null;
  status: string;
  attempts: number;
  note: string | null;
  source: string;
  receivedAt: string;
}

export interface StripeEventLog {
  mode: 'live' | 'simulator' | 'off';
  counts: Record<string, number>;
  rows: StripeEventRow[];
}

const PAGE = 100;

/** The newest events from Stripe with what became of each. */
export async function listStripeEvents({ input }: { ctx: OperatorCtx; input: z.input<typeof ListEventsInput> }): Promise<StripeEventLog> {
  const { status } = ListEventsInput.parse(input);
  return asSystem(async (tx) => {
    const rows = await tx.stripeEvent.findMany({ where: status ? { status } : {}, orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }], take: PAGE });
    const counts = await tx.stripeEvent.groupBy({ by: ['status'], _count: { _all: true } });
    return {
      mode: billingMode(),
      counts: Object.fromEntries(counts.map((each) => [each.status, each._count._all])),
      rows: rows.map((row) => ({
        id: row.id,
        type: row.type,
        objectId: row.objectId,
        customerId: row.customerId,
        status: row.status,
        attempts: row.attempts,
        note: row.note,
        source: row.source,
        receivedAt: row.receivedAt.toISOString(),
      })),
    };
  });
}

export const ReplayEventInput = z.object({ id: z.string().min(1).max(200) });

/** Works on an event once more, whatever became of it. What it pays for is keyed, so nothing is booked twice. */
export async function replayStripeEvent({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof ReplayEventInput> }): Promise<{ id: string }> {
  await asSystem(async (tx) => {
    if (!(await replayEvent(tx, input.id))) throw new FairleadError('not_found', 'There is no such event.');
    await recordAudit(tx, ctx, { action: 'stripe_event.replay', targetType: 'stripe_event', targetId: input.id });
  });
  billingRuntime()?.wake();
  return { id: input.id };
}
