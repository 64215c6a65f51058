import { createBudget } from '@/lib/services/budgets/create-budget';
import { BUDGET_ACTIONS, BUDGET_SCOPES } from '@/lib/services/budgets/budget-input';
import { toSnakeCase } from '@/lib/services/management/snake-case';
import { findOrg } from '@/lib/services/operator/find-org';
import { ownerOf } from '../actor';
import { type Command, optional, type OptionValues, required, UsageError } from '../command';
import { parseLimit } from '../limit';

/** The flag of each scope but the organization's, which needs none. */
const FLAGS = BUDGET_SCOPES.filter((scope) => scope !== 'organization').map((scope) => ({ scope, flag: scope.replace('_', '-') }));

export const budgetCreate: Command = {
  words: ['budget', 'create'],
  summary: 'set a dollar limit on an organization or on something in it',
  usage: `--org SLUG --limit 100.00/month [${FLAGS.map(({ flag }) => `--${flag} ID`).join('|')}] [--action block|warn|switch] [--switch-to ALIAS]`,
  options: {
    org: { type: 'string' },
    limit: { type: 'string' },
    action: { type: 'string' },
    'switch-to': { type: 'string' },
    ...Object.fromEntries(FLAGS.map(({ flag }) => [flag, { type: 'string' as const }])),
  },
  needsDatabase: true,
  help: 'Without another flag the limit is on the organization. An ID of "*" gives each one a limit of its own. --limit is dollars per day, week, month or total.',
  async run({ options }) {
    const org = await findOrg(required(options, 'org'));
    const { usd, period } = parseLimit(required(options, 'limit'), '--limit');
    const action = optional(options, 'action') ?? 'block';
    if (!isAction(action)) throw new UsageError(`--action "${action}" is none of ${BUDGET_ACTIONS.join(', ')}`);
    const budget = await createBudget({
      ctx: ownerOf(org.id),
      input: { ...placeOf(options), limitUsd: usd, period, action, switchTo: optional(options, 'switch-to') },
    });
    return { json: toSnakeCase(budget), text: `Set $${usd} per ${period} on ${budget.scope.label || org.slug}`.replace('per total', 'in all') };
  },
};

function isAction(text: string): text is (typeof BUDGET_ACTIONS)[number] {
  return BUDGET_ACTIONS.some((action) => action === text);
}

function placeOf(options: OptionValues): { scopeType: (typeof BUDGET_SCOPES)[number]; scopeId: string } {
  const named = FLAGS.filter(({ flag }) => optional(options, flag) !== undefined);
  if (named.length > 1) throw new UsageError(`a budget is on one thing, not on ${named.map(({ flag }) => `--${flag}`).join(' and ')}`);
  const [one] = named;
  return one ? { scopeType: one.scope, scopeId: optional(options, one.flag) ?? '' } : { scopeType: 'organization', scopeId: '' };
}
