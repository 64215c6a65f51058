import type { OrgId } from '@/lib/kernel/ids';
import { log } from '@/lib/log';
import type { AlertFacts } from '@/lib/mail';
import { asSystem, type Tx } from '@/lib/store';
import { type Post, postPublic } from './post-public';
import { sendToChannel } from './send-to-channel';

const MINUTE_MS = 60_000;
/** Waits before the second, third … try; after the last a message has failed. */
const BACKOFF_MS = [1, 5, 30, 120, 480].map((minutes) => minutes * MINUTE_MS);

export interface DeliverOptions {
  /** How a request leaves this machine; tests put their own server behind public names. */
  post?: Post;
  signal?: AbortSignal;
  now?: Date;
}

/** Sends the messages that are due, oldest first. Whoever claims one first sends it. Answers how many got through. */
export async function deliverAlerts({ post = postPublic, signal, now = new Date() }: DeliverOptions = {}): Promise<number> {
  const due = await asSystem((tx) => tx.alertDelivery.findMany({ where: { nextAt: { lte: now } }, orderBy: { nextAt: 'asc' }, take: 50, select: { id: true } }));
  let sent = 0;
  for (const { id } of due) {
    if (signal?.aborted) break;
    if ((await deliverAlert(id, { post, now })) === 'sent') sent += 1;
  }
  return sent;
}

/** One message, one try. */
export async function deliverAlert(id: string, { post = postPublic, now = new Date() }: DeliverOptions = {}): Promise<'sent' | 'waiting' | 'failed'> {
  const claimed = await asSystem((tx) => claim(tx, id, now));
  if (!claimed) return 'waiting';
  const { delivery, channel, org } = claimed;
  const attempts = delivery.attempts + 1;
  const outcome = await sendToChannel({ channel, org, facts: delivery.facts as unknown as AlertFacts, deliveryId: id, createdAt: delivery.createdAt }, post).catch(
    (error: unknown) => ({ ok: false as const, httpStatus: null, error: error instanceof Error ? error.message.slice(0, 300) : 'unknown error' }),
  );
  const isLast = BACKOFF_MS[attempts - 1] === undefined;
  const status = outcome.ok ? 'sent' : isLast ? 'failed' : 'waiting';
  if (!outcome.ok) log.info({ delivery: id, channel: channel.id, attempt: attempts, status: outcome.httpStatus }, 'an alert did not get through');
  await asSystem((tx) =>
    tx.alertDelivery.update({
      where: { id },
      data: { status, httpStatus: outcome.httpStatus, error: outcome.ok ? null : outcome.error, ...(status === 'waiting' ? {} : { nextAt: null }), ...(outcome.ok ? { sentAt: new Date() } : {}) },
    }),
  );
  return status;
}

async function claim(tx: Tx, id: string, now: Date) {
  const delivery = await tx.alertDelivery.findUnique({ where: { id } });
  if (!delivery?.nextAt || delivery.status !== 'waiting') return null;
  const wait = BACKOFF_MS[delivery.attempts] ?? 24 * 60 * MINUTE_MS;
  const { count } = await tx.alertDelivery.updateMany({
    where: { id, attempts: delivery.attempts, status: 'waiting', nextAt: { lte: now } },
    data: { attempts: delivery.attempts + 1, nextAt: new Date(now.getTime() + wait) },
  });
  const channel = count === 1 ? await tx.alertChannel.findUnique({ where: { id: delivery.channelId } }) : null;
  if (!channel) return null;
  const org = await tx.organization.findUniqueOrThrow({ where: { id: delivery.orgId as OrgId }, select: { name: true, slug: true } });
  return { delivery, channel, org };
}
