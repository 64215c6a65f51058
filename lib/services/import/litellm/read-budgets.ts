import { budgetPeriod } from '../budget-period';
import type { Section } from '../source';

/** Where a command needs a name that the other gateway's file does not have. */
const ORG = 'SLUG';

/**
 * The commands that set LiteLLM's budgets: its keys, teams and spending live in its database, so the file only has
 * defaults. `max_budget` was over the whole proxy and becomes a budget per organization.
 */
export function readBudgets(litellm: Section): string[] {
  const commands: string[] = [];
  const max = litellm.text('max_budget');
  const duration = litellm.text('budget_duration');
  if (max !== undefined) commands.push(`fairlead budget create --org ${ORG} --limit ${max}/${budgetPeriod(duration)}`);
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
