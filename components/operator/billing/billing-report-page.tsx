import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Money } from '@/components/patterns/money';
import { PageHeader } from '@/components/patterns/page-header';
import { Time } from '@/components/patterns/time';
import type { ActionResult } from '@/lib/http/action';
import type { BillingReport } from '@/lib/services/operator/billing/billing-report';
import { CreateCodeDialog, type CreateCode } from './create-code-dialog';
import { RefundDialog, type Refund } from './refund-dialog';
import { ReportTable } from './report-table';
import { RunButton } from './run-button';

type Act<Input> = (input: Input) => Promise<ActionResult<unknown>>;

interface BillingReportPageProps {
  report: BillingReport;
  actions: { refund: Refund; createCode: CreateCode; resolve: Act<{ id: string }>; disableCode: Act<{ id: string }>; reconcile: Act<Record<string, never>> };
}

/** Money as the operator sees it: what needs a hand, who cannot pay, payments to refund, and whether three counts agree. */
export function BillingReportPage({ report, actions }: BillingReportPageProps) {
  const t = useTranslations('operatorBilling');
  const open = (report.outbox.pending ?? 0) + (report.outbox.unknown ?? 0) + (report.outbox.rejected ?? 0);
  return (
    <>
      <PageHeader
        title={t('title')}
        answer={report.mode === 'off' ? t('off') : t('answer', { alerts: report.alerts.length, open })}
        actions={report.mode !== 'off' && <RunButton label={t('reconcile')} done={t('reconciled')} run={actions.reconcile.bind(null, {})} />}
      />
      <div className="grid gap-8">
        <ReportTable
          title={t('alerts.title')}
          none={t('alerts.none')}
          heads={[t('organization'), t('alerts.kind'), t('alerts.detail'), t('date'), '']}
          rows={report.alerts.map((row) => ({
            key: row.id,
            cells: [
              row.org ?? '–',
              t.has(`alerts.kinds.${row.kind}`) ? t(`alerts.kinds.${row.kind}`) : row.kind,
              `${row.detail} (${row.targetId})`,
              <Time key="at" iso={row.at} />,
              <RunButton key="run" label={t('alerts.resolve')} describe={`${t('alerts.resolve')}: ${row.targetId}`} done={t('alerts.resolved')} run={actions.resolve.bind(null, { id: row.id })} />,
            ],
          }))}
        />
        <ReportTable
          title={t('troubled.title')}
          none={t('troubled.none')}
          heads={[t('organization'), t('troubled.state'), t('troubled.since'), t('troubled.until')]}
          rows={report.troubled.map((row) => ({
            key: row.slug,
            cells: [
              <Link key="org" href={`/admin/tenants?q=${row.slug}`} className="text-primary underline underline-offset-4">
                {row.org}
              </Link>,
              t.has(`troubled.states.${row.state}`) ? t(`troubled.states.${row.state}`) : row.state,
              <Time key="since" iso={row.since} format="date" />,
              row.graceUntil ? <Time key="until" iso={row.graceUntil} format="date" /> : '–',
            ],
          }))}
        />
        <ReportTable
          title={t('payments.title')}
          none={t('payments.none')}
          heads={[t('organization'), t('payments.purpose'), t('payments.amount'), t('payments.refunded'), t('date'), '']}
          figures={[2, 3]}
          rows={report.payments.map((row) => ({
            key: row.id,
            cells: [
              row.org,
              `${t.has(`payments.purposes.${row.purpose}`) ? t(`payments.purposes.${row.purpose}`) : row.purpose}${row.disputed ? ` · ${t('payments.disputed')}` : ''}`,
              <Money key="amount" usd={row.amountUsd} />,
              <Money key="refunded" usd={row.refundedUsd} />,
              <Time key="at" iso={row.at} format="date" />,
              Number(row.refundedUsd) < Number(row.amountUsd) && report.mode !== 'off' ? <RefundDialog key="refund" refund={actions.refund} payment={row.id} org={row.org} amountUsd={row.amountUsd} /> : null,
            ],
          }))}
        />
        <ReportTable
          title={t('reconciliation.title')}
          none={t('reconciliation.none')}
          heads={[t('organization'), t('reconciliation.day'), t('reconciliation.ledger'), t('reconciliation.sent'), t('reconciliation.stripe'), t('reconciliation.result')]}
          figures={[2, 3, 4]}
          rows={report.reconciliation.map((row) => ({
            key: `${row.org}${row.day}`,
            cells: [
              row.org,
              row.day,
              <Money key="ledger" usd={row.ledgerUsd} exact />,
              <Money key="sent" usd={row.sentUsd} exact />,
              <Money key="stripe" usd={row.stripeUsd} exact />,
              row.isEven ? t('reconciliation.even') : t('reconciliation.drift'),
            ],
          }))}
        />
        <ReportTable
          title={t('codes.title')}
          none={t('codes.none')}
          action={<CreateCodeDialog create={actions.createCode} />}
          heads={[t('codes.code'), t('codes.amount'), t('codes.uses'), t('codes.note'), '']}
          figures={[1, 2]}
          rows={report.codes.map((row) => ({
            key: row.id,
            cells: [
              `…${row.last4}`,
              <Money key="amount" usd={row.amountUsd} />,
              `${row.uses} / ${row.maxUses}`,
              row.note,
              row.disabled ? t('codes.disabled') : <RunButton key="run" label={t('codes.disable')} describe={`${t('codes.disable')}: …${row.last4}`} done={t('codes.disabled')} run={actions.disableCode.bind(null, { id: row.id })} />,
            ],
          }))}
        />
      </div>
    </>
  );
}
