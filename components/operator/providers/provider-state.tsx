import { useTranslations } from 'next-intl';
import { StatusBadge } from '@/components/patterns/status-badge';
import type { ProviderView } from '@/lib/services/operator/providers/list-providers';

/** More than this share of a day's attempts failing is worth a look. */
const SHAKY_SHARE = 0.2;

/** In one word: would a call be taken, and does it tend to be answered. */
export function ProviderState({ provider }: { provider: ProviderView }) {
  const t = useTranslations('operatorProviders.state');
  const attempts = provider.credentials.reduce((sum, one) => sum + one.attempts, 0);
  const failed = provider.credentials.reduce((sum, one) => sum + one.failed, 0);
  const usable = provider.credentials.some(({ state }) => state === 'active' || state === 'retiring');
  if (!provider.enabled) return <StatusBadge status="pending" label={t('maintenance')} />;
  if (provider.needsCredential && !usable) return <StatusBadge status="blocked" label={t('noCredential')} />;
  if (attempts > 0 && failed / attempts >= SHAKY_SHARE) return <StatusBadge status="warning" label={t('failing')} />;
  return <StatusBadge status="active" label={t('on')} />;
}
