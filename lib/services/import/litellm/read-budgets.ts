import type { BudgetEntry } from '@/lib/services/config/schema';
import { budgetPeriod } from '../budget-period';
import { composeProviders } from '../compose-providers';
import type { Deployment } from '../draft';
import type { Section } from '../source';
import { nameModel } from './litellm-providers';

/** Where a command needs a name that the other gateway's file does not have. */
const ORG = 'SLUG';

/**
 * Limits of the whole proxy and of its providers, as budgets of the operator. A provider that has become several here, with
 * different keys or addresses, has no one budget: its limit is left, with the reason.
 */
export function readOperatorBudgets(litellm: Section, router: Section, deployments: readonly Deployment[]): BudgetEntry[] {
  const max = litellm.text('max_budget');
  const duration = litellm.text('budget_duration');
  const whole: BudgetEntry[] = max === undefined ? [] : [{ scope: 'platform', limitUsd: max, period: budgetPeriod(duration) }];
  const limits = router.section('provider_budget_config');
  const { providers } = composeProviders({ deployments: [...deployments], breaker: {} });
  return [
    ...whole,
    ...limits.keys().flatMap((name): BudgetEntry[] => {
      const adapter = nameModel(`${name}/x`, name, false)?.provider.adapter;
      const [only, ...more] = providers.filter((provider) => provider.adapter === adapter);
      if (!only || more.length > 0) {
        limits.leave(
          name,
          only ? `${name} is ${more.length + 1} providers here, by keys and addresses; set a budget for each on /admin/budgets` : 'none of its models is taken',
        );
        return [];
      }
      const limit = limits.section(name);
      const [usd, period] = [limit.text('budget_limit'), limit.text('time_period')];
      return usd === undefined ? [] : [{ scope: 'provider', of: only.id, limitUsd: usd, period: budgetPeriod(period) }];
    }),
  ];
}

/** The commands that set LiteLLM's other budgets: its keys, teams and spending live in its database, so the file only has defaults. */
export function readBudgets(litellm: Section): string[] {
  const commands: string[] = [];
  const perEndUser = litellm.text('max_end_user_budget');
  if (perEndUser !== undefined) commands.push(`fairlead budget create --org ${ORG} --end-user '*' --limit ${perEndUser}/total`);
  for (const key of ['default_internal_user_params', 'default_key_generate_params', 'default_team_params']) {
    const command = keyCommand(litellm.section(key), key);
    if (command !== null) commands.push(command);
  }
  const perUser = litellm.text('max_internal_user_budget') ?? litellm.text('default_max_internal_user_budget');
  const userDuration = litellm.text('internal_user_budget_duration');
  if (perUser !== undefined) commands.push(`fairlead budget create --org ${ORG} --member '*' --limit ${perUser}/${budgetPeriod(userDuration)}`);
  return commands;
}

function keyCommand(params: Section, name: string): string | null {
  const [budget, duration] = [params.text('max_budget'), params.text('budget_duration')];
  const models = params.names('models').filter((model) => model !== 'no-default-models' && model !== 'all-proxy-models');
  const [rpm, tpm, concurrency] = [params.number('rpm_limit'), params.number('tpm_limit'), params.number('max_parallel_requests')];
  const flags = [
    ...(models.length > 0 ? [`--models ${models.join(',')}`] : []),
    ...(budget === undefined ? [] : [`--budget ${budget}/${budgetPeriod(duration)}`]),
    ...(rpm === undefined ? [] : [`--rpm ${rpm}`]),
    ...(tpm === undefined ? [] : [`--tpm ${tpm}`]),
    ...(concurrency === undefined ? [] : [`--concurrency ${concurrency}`]),
  ];
  return flags.length === 0
    ? null
    : `fairlead key create --org ${ORG} --name ${name.replace(/^default_|_params$/g, '').replaceAll('_', '-')} ${flags.join(' ')}`;
}
