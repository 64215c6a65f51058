import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { PageHeader } from '@/components/patterns/page-header';
import { Time } from '@/components/patterns/time';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import type { ActionResult } from '@/lib/http/action';
import type { StripeEventLog } from '@/lib/services/operator/billing/stripe-events';
import { RunButton } from './run-button';

const STATES = ['queued', 'done', 'failed', 'parked', 'ignored'] as const;

interface EventLogProps {
  log: StripeEventLog;
  status: string | null;
  replay: (input: { id: string }) => Promise<ActionResult<unknown>>;
}

/** Every event Stripe told us about, what became of it, and a button that works on it once more. */
export function EventLog({ log, status, replay }: EventLogProps) {
  const t = useTranslations('operatorBilling.events');
  const waiting = (log.counts.failed ?? 0) + (log.counts.parked ?? 0);
  return (
    <>
      <PageHeader title={t('title')} answer={log.mode === 'off' ? t('off') : t('answer', { waiting, queued: log.counts.queued ?? 0 })}>
        <nav aria-label={t('filter')} className="flex flex-wrap gap-3 text-sm">
          <FilterLink href="/admin/webhooks" isCurrent={status === null} label={t('all')} />
          {STATES.map((state) => (
            <FilterLink key={state} href={`/admin/webhooks?status=${state}`} isCurrent={status === state} label={`${t(`states.${state}`)} (${log.counts[state] ?? 0})`} />
          ))}
        </nav>
      </PageHeader>
      {log.rows.length === 0 ? (
        <p className="text-base text-muted-foreground">{t('none')}</p>
      ) : (
        <Table aria-label={t('title')}>
          <TableHeader>
            <TableRow>
              <TableHead>{t('received')}</TableHead>
              <TableHead>{t('type')}</TableHead>
              <TableHead>{t('status')}</TableHead>
              <TableHead>{t('note')}</TableHead>
              <TableHead>
                <span className="sr-only">{t('replay')}</span>
              </TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {log.rows.map((row) => (
              <TableRow key={row.id}>
                <TableCell>
                  <Time iso={row.receivedAt} />
                </TableCell>
                <TableCell className="figures">
                  {row.type}
                  <div className="text-xs text-muted-foreground">{row.id}</div>
                </TableCell>
                <TableCell>
                  {t.has(`states.${row.status}`) ? t(`states.${row.status}`) : row.status}
                  {row.source === 'poll' && <div className="text-xs text-muted-foreground">{t('polled')}</div>}
                </TableCell>
                <TableCell className="min-w-56 text-sm text-muted-foreground">{row.note}</TableCell>
                <TableCell>
                  <RunButton label={t('replay')} describe={`${t('replay')}: ${row.type} ${row.id}`} done={t('replayed')} run={replay.bind(null, { id: row.id })} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  );
}

function FilterLink({ href, isCurrent, label }: { href: string; isCurrent: boolean; label: string }) {
  return (
    <Link href={href} aria-current={isCurrent ? 'page' : undefined} className="underline-offset-4 hover:underline aria-[current=page]:font-medium aria-[current=page]:text-primary">
      {label}
    </Link>
  );
}
