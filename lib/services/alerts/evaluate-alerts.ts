import { newId, type OrgId } from '@/lib/kernel/ids';
import { formatUsd } from '@/lib/kernel/money';
import type { AlertFacts } from '@/lib/mail';
import { type BudgetView, viewBudgets } from '@/lib/services/budgets/budget-view';
import { asSystem, type Tx, withOrg } from '@/lib/store';
import { mailAdmins } from './mail-admins';
import { MIN_REQUESTS, readCalls, readSpend } from './read-measures';
import type { RuleRow } from './rules';

/**
 * Looks at every alert rule and every budget's own warnings, and writes a message for what crossed its threshold since:
 * once a crossing, whoever looks and however often. Answers how many occasions were new.
 */
export async function evaluateAlerts({ now = new Date(), signal }: { now?: Date; signal?: AbortSignal } = {}): Promise<number> {
  const orgIds = await asSystem(async (tx) => {
    const rows = await tx.$queryRaw<{ id: OrgId }[]>`
      SELECT DISTINCT org_id AS id FROM (SELECT org_id FROM alert_rule WHERE enabled UNION ALL SELECT org_id FROM budget WHERE limit_nano > 0) t`;
    return rows.map(({ id }) => id);
  });
  let told = 0;
  for (const orgId of orgIds) {
    if (signal?.aborted) break;
    const { count, warnings } = await withOrg(orgId, (tx) => evaluateOrg(tx, orgId, now));
    for (const facts of warnings) await mailAdmins(orgId, facts);
    told += count;
  }
  return told;
}

async function evaluateOrg(tx: Tx, orgId: OrgId, now: Date): Promise<{ count: number; warnings: AlertFacts[] }> {
  const budgets = await viewBudgets(tx, orgId, await tx.budget.findMany({ where: { orgId, limitNano: { gt: 0n } }, take: 500 }), now.getTime());
  const rules = await tx.alertRule.findMany({ where: { orgId, enabled: true } });
  let count = 0;
  for (const rule of rules) count += await evaluateRule(tx, orgId, rule, budgets, now);
  // What a budget itself says to tell, to owners and admins by mail.
  const warnings: AlertFacts[] = [];
  for (const budget of budgets) {
    const reached = budget.warnPercents.filter((percent) => shareOf(budget) >= percent).sort((a, b) => b - a);
    // Several at once are one message, of the highest; the lower ones count as told.
    for (const percent of reached) {
      const isNew = await tell(tx, orgId, null, `budget/${budget.id}/${budget.windowStart}/${percent}`, budgetFacts(budget, percent), []);
      if (isNew) count += 1;
      if (isNew && percent === reached[0]) warnings.push(budgetFacts(budget, percent));
    }
  }
  return { count, warnings };
}

async function evaluateRule(tx: Tx, orgId: OrgId, rule: RuleRow, budgets: BudgetView[], now: Date): Promise<number> {
  if (rule.kind === 'budget') {
    let count = 0;
    for (const budget of budgets.filter((each) => shareOf(each) >= Number(rule.threshold))) {
      const occasion = `${rule.id}/${budget.id}/${budget.windowStart}/${rule.threshold}`;
      if (await tell(tx, orgId, rule, occasion, budgetFacts(budget, Number(rule.threshold)), rule.channelIds)) count += 1;
    }
    await tx.alertRule.update({ where: { id: rule.id }, data: { evaluatedAt: now } });
    return count;
  }
  if (rule.kind === 'key_expiry') {
    const until = new Date(now.getTime() + Number(rule.threshold) * 86_400_000);
    const keys = await tx.apiKey.findMany({ where: { orgId, revokedAt: null, sessionId: null, expiresAt: { gt: now, lte: until } } });
    let count = 0;
    for (const key of keys) {
      const expiresAt = (key.expiresAt as Date).toISOString();
      const facts: AlertFacts = { kind: 'key_expiry', key: key.name, last4: key.last4, expiresAt };
      if (await tell(tx, orgId, rule, `${rule.id}/${key.id}/${expiresAt}`, facts, rule.channelIds)) count += 1;
    }
    await tx.alertRule.update({ where: { id: rule.id }, data: { evaluatedAt: now, lastValue: BigInt(keys.length) } });
    return count;
  }
  const { value, facts } = await measure(tx, orgId, rule, now);
  const isOver = value !== null && value >= rule.threshold;
  const starts = isOver && rule.firingSince === null;
  await tx.alertRule.update({ where: { id: rule.id }, data: { evaluatedAt: now, lastValue: value, firingSince: isOver ? (rule.firingSince ?? now) : null } });
  return starts && (await tell(tx, orgId, rule, `${rule.id}/${now.toISOString()}`, facts, rule.channelIds)) ? 1 : 0;
}

async function measure(tx: Tx, orgId: OrgId, rule: RuleRow, now: Date): Promise<{ value: bigint | null; facts: AlertFacts }> {
  const { name, threshold, windowMinutes: minutes } = rule;
  const since = new Date(now.getTime() - minutes * 60_000);
  if (rule.kind === 'spend') {
    const spent = await readSpend(tx, orgId, since);
    return { value: spent, facts: { kind: 'spend', rule: name, spentUsd: formatUsd(spent), limitUsd: formatUsd(threshold), minutes } };
  }
  // Ids hold their time: the index finds the first of them. A little earlier, because clocks differ.
  const { requests, failed, p95Ms } = await readCalls(tx, orgId, since, newId('req', since.getTime() - 60_000).slice(0, 12));
  const enough = requests >= MIN_REQUESTS;
  if (rule.kind === 'error_rate') {
    const percent = requests === 0 ? 0 : Math.floor((failed * 100) / requests);
    return { value: enough ? BigInt(percent) : null, facts: { kind: 'error_rate', rule: name, percent, limitPercent: Number(threshold), requests, minutes } };
  }
  return {
    value: enough && p95Ms !== null ? BigInt(p95Ms) : null,
    facts: { kind: 'latency', rule: name, p95Ms: p95Ms ?? 0, limitMs: Number(threshold), requests, minutes },
  };
}

/** Writes an occasion with a delivery for each channel; false when it was told before. */
async function tell(tx: Tx, orgId: OrgId, rule: RuleRow | null, occasion: string, facts: AlertFacts, channelIds: string[]): Promise<boolean> {
  const id = newId('evt');
  const { count } = await tx.alertEvent.createMany({ data: [{ id, orgId, ruleId: rule?.id ?? null, occasion, kind: facts.kind, facts: { ...facts } }], skipDuplicates: true });
  if (count === 0) return false;
  const channels = await tx.alertChannel.findMany({ where: { orgId, id: { in: channelIds }, enabled: true }, select: { id: true } });
  await tx.alertDelivery.createMany({ data: channels.map((channel) => ({ id: newId('dlv'), orgId, channelId: channel.id, eventId: id, kind: facts.kind, facts: { ...facts } })) });
  return true;
}

function shareOf({ spentUsd, limitUsd }: BudgetView): number {
  const limit = Number(limitUsd);
  return limit === 0 ? 0 : (Number(spentUsd) / limit) * 100;
}

function budgetFacts(budget: BudgetView, percent: number): AlertFacts {
  const { scope, spentUsd, limitUsd, resetsAt, top } = budget;
  const name = scope.id === '' ? scope.type : (top ?? scope.label);
  return { kind: 'budget', budget: name, percent, spentUsd, limitUsd, resetsAt };
}
