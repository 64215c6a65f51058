import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import type { AlertFacts } from '@/lib/mail';
import { createThrottle } from '@/lib/auth/throttle';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { withOrg } from '@/lib/store';
import { ChannelIdInput, findChannel } from './channels';
import { deliverAlert } from './deliver-alerts';

export interface DeliveryView {
  id: string;
  channelId: string;
  /** Null when the channel is gone. */
  channel: string | null;
  facts: AlertFacts;
  status: 'waiting' | 'sent' | 'failed';
  attempts: number;
  httpStatus: number | null;
  error: string | null;
  nextAt: string | null;
  createdAt: string;
}

/** The latest messages to channels, newest first; of one channel when it is named. */
export async function listDeliveries({ ctx, input = {} }: { ctx: Ctx; input?: { channelId?: string } }): Promise<DeliveryView[]> {
  requireRight(ctx, 'usage:read');
  return withOrg(ctx.orgId, async (tx) => {
    const rows = await tx.alertDelivery.findMany({
      where: { orgId: ctx.orgId, ...(input.channelId ? { channelId: input.channelId } : {}) },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: 50,
    });
    const names = new Map((await tx.alertChannel.findMany({ where: { orgId: ctx.orgId }, select: { id: true, name: true } })).map(({ id, name }) => [id, name]));
    return rows.map((row) => ({
      id: row.id,
      channelId: row.channelId,
      channel: names.get(row.channelId) ?? null,
      facts: row.facts as unknown as AlertFacts,
      status: row.status as DeliveryView['status'],
      attempts: row.attempts,
      httpStatus: row.httpStatus,
      error: row.error,
      nextAt: row.nextAt?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
    }));
  });
}

const tests = createThrottle({ limit: 10, windowMs: 10 * 60_000 });

/** Sends a test to a channel now. The answer says whether it got through, and if not why. */
export async function testChannel({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<{ ok: boolean; error: string | null }> {
  requireRight(ctx, 'settings:write');
  const { id } = parseInput(ChannelIdInput, input);
  const waitS = tests.waitS(ctx.orgId);
  if (waitS > 0) throw new FairleadError('rate_limit_exceeded', undefined, { retryAfterS: waitS });
  tests.fail(ctx.orgId);
  const delivery = await withOrg(ctx.orgId, async (tx) => {
    await findChannel(tx, ctx, id);
    await recordAudit(tx, ctx, { action: 'channel.test', targetType: 'channel', targetId: id });
    return tx.alertDelivery.create({ data: { id: newId('dlv'), orgId: ctx.orgId, channelId: id, kind: 'test', facts: { kind: 'test' } } });
  });
  const status = await deliverAlert(delivery.id, { now: new Date(Date.now() + 1_000) });
  if (status === 'sent') return { ok: true, error: null };
  const error = await withOrg(ctx.orgId, async (tx) => {
    // Somebody waits for the answer; a test is not tried again behind their back.
    const row = await tx.alertDelivery.update({ where: { id: delivery.id }, data: { status: 'failed', nextAt: null } });
    return row.error;
  });
  return { ok: false, error };
}

export const RetryDeliveryInput = z.object({ id: z.string().max(100) });

/** Tries a message that failed again, now. */
export async function retryDelivery({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<{ status: string }> {
  requireRight(ctx, 'settings:write');
  const { id } = parseInput(RetryDeliveryInput, input);
  await withOrg(ctx.orgId, async (tx) => {
    const { count } = await tx.alertDelivery.updateMany({ where: { id, orgId: ctx.orgId, status: { not: 'sent' } }, data: { status: 'waiting', attempts: 0, nextAt: new Date() } });
    if (count === 0) throw new FairleadError('not_found');
  });
  return { status: await deliverAlert(id, { now: new Date(Date.now() + 1_000) }) };
}
