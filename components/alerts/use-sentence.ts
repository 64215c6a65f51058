'use client';

import { useTranslations } from 'next-intl';
import type { DeliveryView } from '@/lib/services/alerts/deliveries';
import type { RuleView } from '@/lib/services/alerts/rules';
import { moneyShort } from '@/lib/format/money';

/** A rule as one sentence: "above $5.00 within 60 minutes". */
export function useSentence(): (rule: Pick<RuleView, 'kind' | 'threshold' | 'windowMinutes'>) => string {
  const t = useTranslations('alerts');
  return ({ kind, threshold, windowMinutes }) => t(`sentence.${kind}`, { threshold: kind === 'spend' ? moneyShort(threshold) : threshold, minutes: windowMinutes });
}

/** What a message told, as one line. */
export function useToldLine(): (facts: DeliveryView['facts']) => string {
  const t = useTranslations('alerts.told');
  return (facts) => {
    switch (facts.kind) {
      case 'test':
        return t('test');
      case 'spend':
        return t('spend', { spent: moneyShort(facts.spentUsd), minutes: facts.minutes });
      case 'budget':
        return t('budget', { budget: facts.budget, percent: facts.percent });
      case 'error_rate':
        return t('error_rate', { percent: facts.percent, requests: facts.requests });
      case 'latency':
        return t('latency', { p95: facts.p95Ms });
      case 'key_expiry':
        return t('key_expiry', { key: facts.key, date: facts.expiresAt.slice(0, 10) });
    }
  };
}
