import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Time } from '@/components/patterns/time';
import { Card } from '@/components/ui/card';
import { count } from '@/lib/format/numbers';
import type { KeyView } from './key-actions';
import { writeTags } from './read-key-form';

/** Who made a key and what bounds it. */
export function KeyFacts({ org, view }: { org: string; view: KeyView }) {
  const t = useTranslations('keys');
  const locale = useLocale();
  const limit = (name: 'rpm' | 'tpm' | 'concurrency') => {
    const value = view[name];
    return value === null ? null : t(`limit.${name}`, { count: count(value, locale) });
  };
  const limits = [limit('rpm'), limit('tpm'), limit('concurrency')].filter((part) => part !== null);
  const tags = writeTags(view.tags);
  const facts: [label: string, value: ReactNode][] = [
    [t('detail.owner'), view.createdBy?.email ?? '—'],
    [t('detail.created'), <Time key="created" iso={view.createdAt} />],
    [
      t('column.models'),
      view.models === null ? (
        t('allModels')
      ) : (
        <span key="models" className="flex flex-wrap gap-x-2">
          {view.models.map((name) => (
            <Link key={name} href={`/${org}/models/${name}`} className="figures hover:underline">
              {name}
            </Link>
          ))}
        </span>
      ),
    ],
    [t('detail.limits'), limits.length > 0 ? limits.join(' · ') : t('detail.planLimits')],
    [t('detail.expires'), view.expiresAt ? <Time key="expires" iso={view.expiresAt} /> : t('never')],
    [t('column.lastUsed'), view.lastUsedAt ? (view.lastUsedClient ?? <Time key="used" iso={view.lastUsedAt} />) : t('never')],
    [t('detail.from'), view.allowedIps ? <span className="figures">{view.allowedIps.join(', ')}</span> : t('detail.anywhere')],
    [t('detail.tags'), tags ? <span className="figures">{tags}</span> : '—'],
  ];
  return (
    <Card className="p-4">
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        {facts.map(([label, value]) => (
          <div key={label} className="min-w-0">
            <dt className="text-xs text-muted-foreground">{label}</dt>
            <dd className="text-base [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
