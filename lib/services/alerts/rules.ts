import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { formatUsd, parseUsd } from '@/lib/kernel/money';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { requireFeature } from '@/lib/services/orgs/plan-features';
import { parseInput } from '@/lib/services/parse-input';
import { type Tx, withOrg } from '@/lib/store';

export const RULE_KINDS = ['spend', 'budget', 'error_rate', 'latency', 'key_expiry'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

const MAX_RULES = 100;

export interface RuleView {
  id: string;
  name: string;
  kind: RuleKind;
  /** Dollars for `spend`, percent, milliseconds, or days. */
  threshold: string;
  windowMinutes: number;
  channelIds: string[];
  enabled: boolean;
  firingSince: string | null;
  /** In the unit of the threshold; null before the first look. */
  lastValue: string | null;
  evaluatedAt: string | null;
}

export type RuleRow = NonNullable<Awaited<ReturnType<Tx['alertRule']['findUnique']>>>;

export const SaveRuleInput = z.object({
  /** Absent: a new rule. */
  id: z.string().max(100).optional(),
  name: z.string().trim().min(1).max(80),
  kind: z.enum(RULE_KINDS),
  threshold: z.string().trim().regex(/^\d{1,9}(\.\d{1,9})?$/, 'must be a number'),
  windowMinutes: z.number().int().min(5).max(7 * 1_440).default(60),
  channelIds: z.array(z.string().max(100)).min(1).max(20),
  enabled: z.boolean().default(true),
});
export type SaveRuleInput = z.input<typeof SaveRuleInput>;

export async function listRules({ ctx }: { ctx: Ctx }): Promise<RuleView[]> {
  requireRight(ctx, 'usage:read');
  return withOrg(ctx.orgId, async (tx) => (await tx.alertRule.findMany({ where: { orgId: ctx.orgId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(viewRule));
}

/** Makes or changes a rule. It is looked at within a minute; a changed one starts anew. */
export async function saveRule({ ctx, input }: { ctx: Ctx; input: SaveRuleInput }): Promise<RuleView> {
  requireRight(ctx, 'settings:write');
  await requireFeature(ctx, 'alerts');
  const { id, name, kind, threshold, windowMinutes, channelIds, enabled } = parseInput(SaveRuleInput, input);
  const values = { name, kind, threshold: thresholdOf(kind, threshold), windowMinutes, channelIds: [...new Set(channelIds)], enabled };
  return withOrg(ctx.orgId, async (tx) => {
    const known = await tx.alertChannel.count({ where: { orgId: ctx.orgId, id: { in: values.channelIds } } });
    if (known !== values.channelIds.length) throw new FairleadError('invalid_request', 'Choose channels of this organization.', { param: 'channelIds' });
    const before = id === undefined ? null : await findRule(tx, ctx, id);
    if (!before && (await tx.alertRule.count({ where: { orgId: ctx.orgId } })) >= MAX_RULES) throw new FairleadError('conflict', `An organization has at most ${MAX_RULES} alerts.`);
    const row = before
      ? await tx.alertRule.update({ where: { id: before.id }, data: { ...values, firingSince: null, lastValue: null, evaluatedAt: null } })
      : await tx.alertRule.create({ data: { id: newId('rule'), orgId: ctx.orgId, ...values, createdById: ctx.actor.type === 'user' ? ctx.actor.id : null } });
    await recordAudit(tx, ctx, {
      action: before ? 'alert.update' : 'alert.create',
      targetType: 'alert',
      targetId: row.id,
      ...(before ? { before: auditRule(before) } : {}),
      after: auditRule(row),
    });
    return viewRule(row);
  });
}

export const RuleIdInput = z.object({ id: z.string().max(100) });

export async function deleteRule({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<{ id: string }> {
  requireRight(ctx, 'settings:write');
  const { id } = parseInput(RuleIdInput, input);
  return withOrg(ctx.orgId, async (tx) => {
    const row = await findRule(tx, ctx, id);
    await tx.alertRule.delete({ where: { id } });
    await recordAudit(tx, ctx, { action: 'alert.delete', targetType: 'alert', targetId: id, before: auditRule(row) });
    return { id };
  });
}

/** One rule, by its id. Throws `not_found`. */
export async function getRule({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<RuleView> {
  requireRight(ctx, 'usage:read');
  const { id } = parseInput(RuleIdInput, input);
  return withOrg(ctx.orgId, async (tx) => viewRule(await findRule(tx, ctx, id)));
}

async function findRule(tx: Tx, ctx: Ctx, id: string): Promise<RuleRow> {
  const row = await tx.alertRule.findFirst({ where: { id, orgId: ctx.orgId } });
  if (!row) throw new FairleadError('not_found');
  return row;
}

/** A threshold as it is stored: nano-USD for spend, else a whole number. */
function thresholdOf(kind: RuleKind, text: string): bigint {
  if (kind === 'spend') return parseUsd(text);
  const value = Number(text);
  const max = kind === 'error_rate' ? 100 : kind === 'key_expiry' ? 365 : kind === 'budget' ? 1_000 : 3_600_000;
  if (!Number.isInteger(value) || value < 1 || value > max) throw new FairleadError('invalid_request', `must be a whole number from 1 to ${max}`, { param: 'threshold' });
  return BigInt(value);
}

function viewRule(row: RuleRow): RuleView {
  const kind = row.kind as RuleKind;
  const write = (value: bigint) => (kind === 'spend' ? formatUsd(value, 2) : value.toString());
  return {
    id: row.id,
    name: row.name,
    kind,
    threshold: write(row.threshold),
    windowMinutes: row.windowMinutes,
    channelIds: row.channelIds,
    enabled: row.enabled,
    firingSince: row.firingSince?.toISOString() ?? null,
    lastValue: row.lastValue === null ? null : write(row.lastValue),
    evaluatedAt: row.evaluatedAt?.toISOString() ?? null,
  };
}

function auditRule(row: RuleRow) {
  const { name, kind, threshold, windowMinutes, channelIds, enabled } = viewRule(row);
  return { name, kind, threshold, windowMinutes, channelIds, enabled };
}
