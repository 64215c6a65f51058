import { useTranslations } from 'next-intl';

const REASONS = [
  'kind',
  'surface',
  'denied_by_plan',
  'denied_by_platform',
  'denied_by_organization',
  'denied_by_role',
  'not_in_plan',
  'not_in_organization',
  'not_in_role',
  'not_in_key',
  'no_credential',
  'other_fund_class',
  'context_window',
  'condition_min_input_tokens',
  'condition_max_input_tokens',
  'condition_tools',
  'condition_images',
  'condition_language',
  'condition_plan',
  'condition_tag',
  'condition_region',
  'no_tools',
  'no_vision',
  'no_prefill',
  'cooling_down',
  'not_larger',
  'budget',
  'budget_switch',
  'fair_share',
  'provider_budget',
  'credential_budget',
] as const;

/** Targets that were considered and not asked, each with the reason. */
export function LeftOutList({ candidates }: { candidates: readonly { model: string; reason: string }[] }) {
  const t = useTranslations('request.routing');
  return (
    <ul className="divide-y rounded-lg border bg-surface">
      {candidates.map((candidate) => {
        const known = REASONS.find((reason) => candidate.reason === reason || (reason === 'kind' && candidate.reason.startsWith('kind_')));
        return (
          <li key={`${candidate.model}-${candidate.reason}`} className="flex flex-wrap items-baseline justify-between gap-x-4 px-3 py-2">
            <span className="figures text-sm">{candidate.model}</span>
            <span className="text-sm text-muted-foreground">{known ? t(`leftOutBecause.${known}`) : candidate.reason}</span>
          </li>
        );
      })}
    </ul>
  );
}
