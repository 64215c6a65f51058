import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { moneyShort } from '@/lib/format/money';
import type { Attention } from '@/lib/services/operator/attention';

const WHERE: Record<Attention['kind'], string> = {
  unpriced: '/admin/models?state=unpriced',
  no_credential: '/admin/providers',
  failed_test: '/admin/providers',
  retiring_models: '/admin/models?state=retiring',
  retiring_credentials: '/admin/providers',
  out_of_balance: '/admin/providers',
  refused_key: '/admin/providers',
  spikes: '/admin/tenants',
  write_offs: '/admin/errors',
  failed_jobs: '/admin/health',
};

/** What to look at before somebody calls about it. Nothing to look at shows nothing. */
export function AttentionCard({ attention }: { attention: Attention[] }) {
  const t = useTranslations('operatorOverview.attention');
  if (attention.length === 0) return null;
  return (
    <Card className="border-warning/40 p-4">
      <h2 className="mb-2 flex items-center gap-2 text-base font-semibold">
        <TriangleAlert aria-hidden className="size-4 text-warning" />
        {t('title')}
      </h2>
      <ul className="grid gap-1.5 text-sm">
        {attention.map((one) => (
          <li key={one.kind}>
            <Link href={WHERE[one.kind]} className="rounded-sm break-words underline decoration-border underline-offset-4 hover:decoration-foreground">
              {sentence(one)}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );

  function sentence(one: Attention): string {
    switch (one.kind) {
      case 'unpriced':
        return t('unpriced', { count: one.count, names: one.names.join(', ') });
      case 'no_credential':
        return t('noCredential', { names: one.providers.join(', ') });
      case 'failed_test':
        return t('failedTest', { names: one.providers.join(', ') });
      case 'retiring_models':
        return t('retiringModels', { names: one.names.join(', ') });
      case 'retiring_credentials':
        return t('retiringCredentials', { count: one.count });
      case 'out_of_balance':
        return t('outOfBalance', { names: one.providers.join(', ') });
      case 'refused_key':
        return t('refusedKey', { names: one.providers.join(', ') });
      case 'spikes':
        return t('spikes', { names: one.names.join(', ') });
      case 'write_offs':
        return t('writeOffs', { count: one.count, usd: moneyShort(one.usd) });
      case 'failed_jobs':
        return t('failedJobs', { names: one.names.join(', ') });
    }
  }
}
