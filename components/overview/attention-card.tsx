import { CircleCheck, Clock, Gauge, KeyRound, type LucideIcon, Moon, Wallet } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Time } from '@/components/patterns/time';
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card';
import { moneyShort } from '@/lib/format/money';
import type { Attention } from '@/lib/query/types';

/** How many things are said before the rest is left to their own pages. */
const MOST = 6;

/** What wants a look, each with the way there. Nothing is said as well. */
export function AttentionCard({ org, attention }: { org: string; attention: readonly Attention[] }) {
  const t = useTranslations('overview.attention');
  return (
    <Card className="h-full">
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
      </CardHeader>
      <CardContent className="p-2">
        {attention.length === 0 ? (
          <p className="flex items-center gap-2 px-2 py-2 text-sm text-muted-foreground">
            <CircleCheck aria-hidden className="size-4 shrink-0 text-success" />
            {t('nothing')}
          </p>
        ) : (
          <ul>
            {attention.slice(0, MOST).map((item, at) => (
              <Item key={at} org={org} item={item} />
            ))}
          </ul>
        )}
      </CardContent>
    </Card>
  );
}

function Item({ org, item }: { org: string; item: Attention }) {
  const t = useTranslations('overview.attention');
  switch (item.kind) {
    case 'budget': {
      const { type, id, label } = item.scope;
      const scope = type === 'organization' ? t('scopes.organization') : t(`scopes.${type}`, { name: id === '*' ? t('each') : label });
      const done = item.state === 'reached' || item.state === 'blocked';
      const text = done ? t('budgetReached', { scope }) : item.runs_out_at ? t('budgetRunsOut', { scope }) : t('budgetWarning', { scope });
      const hint =
        done && item.resets_at
          ? t.rich('budgetReachedHint', { date: () => <Time iso={item.resets_at as string} /> })
          : !done && item.runs_out_at
            ? t.rich('budgetRunsOutHint', { date: () => <Time iso={item.runs_out_at as string} format="date" /> })
            : null;
      return <Row icon={Gauge} tone={done ? 'text-danger' : 'text-warning'} href={`/${org}/budgets?show=${item.id}`} text={text} hint={hint} />;
    }
    case 'key_failing':
      return (
        <Row
          icon={KeyRound}
          tone="text-danger"
          href={`/${org}/logs?key_id=${item.id}&status=refused,failed,interrupted&range=1h`}
          text={t('keyFailing', { name: item.name, failed: item.failed, requests: item.requests })}
        />
      );
    case 'key_expiring':
      return (
        <Row
          icon={Clock}
          tone="text-warning"
          href={`/${org}/keys`}
          text={t.rich('keyExpiring', { name: item.name, date: () => <Time iso={item.expires_at} /> })}
        />
      );
    case 'keys_idle':
      return <Row icon={Moon} tone="text-muted-foreground" href={`/${org}/keys?flag=idle`} text={t('keysIdle', { count: item.count })} />;
    case 'balance_low':
      return <Row icon={Wallet} tone="text-warning" href={`/${org}/settings/billing`} text={t('balanceLow', { available: moneyShort(item.available_usd) })} />;
  }
}

function Row({ icon: Icon, tone, href, text, hint }: { icon: LucideIcon; tone: string; href: string; text: ReactNode; hint?: ReactNode }) {
  return (
    <li>
      <Link href={href} className="flex items-start gap-3 rounded-md px-2 py-2 hover:bg-surface-muted">
        <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
        <span className="min-w-0 text-sm">
          {text}
          {hint && <span className="block text-xs text-muted-foreground">{hint}</span>}
        </span>
      </Link>
    </li>
  );
}
