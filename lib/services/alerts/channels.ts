import { z } from 'zod';
import { deriveSecret, lockText, unlockText } from '@/lib/auth/secret-box';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { requireFeature } from '@/lib/services/orgs/plan-features';
import { parseInput } from '@/lib/services/parse-input';
import { type Tx, withOrg } from '@/lib/store';
import { CHANNEL_KINDS, type ChannelKind, ChannelTarget, checkTarget, hintOf } from './channel-input';

const PURPOSE = 'alert-channel';
const MAX_CHANNELS = 50;

export interface ChannelView {
  id: string;
  kind: ChannelKind;
  name: string;
  /** The address, or the host of the URL and its end: a robot's URL is its password. */
  hint: string;
  enabled: boolean;
  createdAt: string;
}

export type ChannelRow = NonNullable<Awaited<ReturnType<Tx['alertChannel']['findUnique']>>>;

export const CreateChannelInput = z.object({
  kind: z.enum(CHANNEL_KINDS),
  name: z.string().trim().min(1).max(80),
  target: ChannelTarget,
  /** The language its messages come in. */
  locale: z.string().max(20).default('en'),
});

export const ChannelIdInput = z.object({ id: z.string().max(100) });

export async function listChannels({ ctx }: { ctx: Ctx }): Promise<ChannelView[]> {
  requireRight(ctx, 'usage:read');
  return withOrg(ctx.orgId, async (tx) => (await tx.alertChannel.findMany({ where: { orgId: ctx.orgId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(viewChannel));
}

/** Adds a place for alerts to go. A webhook's signing secret is shown in the answer, and again by `readWebhookSecret`. */
export async function createChannel({ ctx, input }: { ctx: Ctx; input: z.input<typeof CreateChannelInput> }): Promise<ChannelView & { secret: string | null }> {
  requireRight(ctx, 'settings:write');
  await requireFeature(ctx, 'alerts');
  const { kind, name, target: given, locale } = parseInput(CreateChannelInput, input);
  const target = checkTarget(kind, given);
  return withOrg(ctx.orgId, async (tx) => {
    if ((await tx.alertChannel.count({ where: { orgId: ctx.orgId } })) >= MAX_CHANNELS) throw new FairleadError('conflict', `An organization has at most ${MAX_CHANNELS} channels.`);
    const row = await tx.alertChannel.create({
      data: {
        id: newId('chn'),
        orgId: ctx.orgId,
        kind,
        name,
        target: lockText(target, PURPOSE),
        hint: hintOf(kind, target),
        locale,
        createdById: ctx.actor.type === 'user' ? ctx.actor.id : null,
      },
    });
    await recordAudit(tx, ctx, { action: 'channel.create', targetType: 'channel', targetId: row.id, after: { kind, name, target: row.hint } });
    return { ...viewChannel(row), secret: kind === 'webhook' ? webhookSecret(row) : null };
  });
}

/** Takes a channel away, also out of the rules that name it. Messages that wait for it are dropped. */
export async function deleteChannel({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<{ id: string }> {
  requireRight(ctx, 'settings:write');
  const { id } = parseInput(ChannelIdInput, input);
  return withOrg(ctx.orgId, async (tx) => {
    const row = await findChannel(tx, ctx, id);
    await tx.alertChannel.delete({ where: { id } });
    await tx.$executeRaw`UPDATE alert_rule SET channel_ids = array_remove(channel_ids, ${id}) WHERE org_id = ${ctx.orgId} AND ${id} = ANY (channel_ids)`;
    await tx.alertDelivery.updateMany({ where: { orgId: ctx.orgId, channelId: id, status: 'waiting' }, data: { status: 'failed', nextAt: null, error: 'the channel was deleted' } });
    await recordAudit(tx, ctx, { action: 'channel.delete', targetType: 'channel', targetId: id, before: { kind: row.kind, name: row.name, target: row.hint } });
    return { id };
  });
}

/** The signing secret of a webhook, for who may change it. */
export async function readWebhookSecret({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<{ secret: string }> {
  requireRight(ctx, 'settings:write');
  const { id } = parseInput(ChannelIdInput, input);
  return withOrg(ctx.orgId, async (tx) => ({ secret: webhookSecret(await findWebhook(tx, ctx, id)) }));
}

/** A new signing secret for a webhook, in force with the next message; the old one ends. */
export async function rotateWebhookSecret({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<{ secret: string }> {
  requireRight(ctx, 'settings:write');
  const { id } = parseInput(ChannelIdInput, input);
  return withOrg(ctx.orgId, async (tx) => {
    await findWebhook(tx, ctx, id);
    const row = await tx.alertChannel.update({ where: { id }, data: { secretVersion: { increment: 1 } } });
    await recordAudit(tx, ctx, { action: 'channel.rotate_secret', targetType: 'channel', targetId: id, after: { version: row.secretVersion } });
    return { secret: webhookSecret(row) };
  });
}

export const UpdateChannelInput = z.object({ id: z.string().max(100), name: CreateChannelInput.shape.name.optional(), enabled: z.boolean().optional(), locale: z.string().max(20).optional() });

/** One channel, by its id; never its URL. Throws `not_found`. */
export async function getChannel({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<ChannelView> {
  requireRight(ctx, 'usage:read');
  const { id } = parseInput(ChannelIdInput, input);
  return withOrg(ctx.orgId, async (tx) => viewChannel(await findChannel(tx, ctx, id)));
}

/** Changes a name, a language, or whether messages go out. Where they go stays: another place is another channel. */
export async function updateChannel({ ctx, input }: { ctx: Ctx; input: z.input<typeof UpdateChannelInput> }): Promise<ChannelView> {
  requireRight(ctx, 'settings:write');
  const { id, ...data } = parseInput(UpdateChannelInput, input);
  return withOrg(ctx.orgId, async (tx) => {
    const before = await findChannel(tx, ctx, id);
    const row = await tx.alertChannel.update({ where: { id }, data });
    const facts = ({ name, enabled, locale }: ChannelRow) => ({ name, enabled, locale });
    await recordAudit(tx, ctx, { action: 'channel.update', targetType: 'channel', targetId: id, before: facts(before), after: facts(row) });
    return viewChannel(row);
  });
}

export async function findChannel(tx: Tx, ctx: Ctx, id: string): Promise<ChannelRow> {
  const row = await tx.alertChannel.findFirst({ where: { id, orgId: ctx.orgId } });
  if (!row) throw new FairleadError('not_found');
  return row;
}

async function findWebhook(tx: Tx, ctx: Ctx, id: string): Promise<ChannelRow> {
  const row = await findChannel(tx, ctx, id);
  if (row.kind !== 'webhook') throw new FairleadError('not_found');
  return row;
}

/** The address or URL a message goes to. */
export function targetOf({ target }: ChannelRow): string {
  return unlockText(target, PURPOSE);
}

/** As Standard Webhooks writes it: `whsec_` and 32 bytes in base64. */
export function webhookSecret({ id, secretVersion }: ChannelRow): string {
  return `whsec_${deriveSecret(`webhook/${id}/${secretVersion}`).toString('base64')}`;
}

function viewChannel({ id, kind, name, hint, enabled, createdAt }: ChannelRow): ChannelView {
  return { id, kind: kind as ChannelKind, name, hint, enabled, createdAt: createdAt.toISOString() };
}
