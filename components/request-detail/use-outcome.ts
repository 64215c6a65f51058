import { useTranslations } from 'next-intl';

const FAULTS = [
  'auth',
  'quota_exhausted',
  'rate_limit',
  'overloaded',
  'server',
  'bad_request',
  'context_length',
  'content_filter',
  'not_found',
  'connect',
  'connect_timeout',
  'first_token_timeout',
  'idle_timeout',
  'total_timeout',
  'malformed',
  'interrupted',
] as const;

/** How an attempt ended, in words: an answer, or the kind of fault. */
export function useOutcome(): (outcome: string) => string {
  const faults = useTranslations('request.waterfall.outcome');
  const statuses = useTranslations('status');
  return (outcome) => {
    const fault = FAULTS.find((known) => known === outcome);
    if (fault) return faults(fault);
    return outcome === 'completed' || outcome === 'truncated' ? statuses(outcome) : outcome;
  };
}
