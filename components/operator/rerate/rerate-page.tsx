'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { CardTable } from '@/components/operator/card-table';
import { readForm } from '@/components/operator/form-values';
import { useRun } from '@/components/operator/use-run';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { Money } from '@/components/patterns/money';
import { PageHeader } from '@/components/patterns/page-header';
import { SectionCard } from '@/components/patterns/section-card';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { ActionResult } from '@/lib/http/action';
import type { RerateReport } from '@/lib/services/operator/rerate/rerate';

interface Asked {
  from: string;
  to: string;
  org?: string;
}

interface ReratePageProps {
  rerate: (input: Asked & { apply: boolean }) => Promise<ActionResult<RerateReport>>;
}

/** What the calls of a period would cost by the price cards of today, and the entries that set it right. */
export function ReratePage({ rerate }: ReratePageProps) {
  const t = useTranslations('operatorRerate');
  const { pending, run } = useRun();
  const [shown, setShown] = useState<{ asked: Asked; report: RerateReport } | null>(null);

  async function show(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { text } = readForm(new FormData(event.currentTarget));
    const asked: Asked = { from: text('from'), to: text('to'), ...(text('org') ? { org: text('org') } : {}) };
    const report = await run(() => rerate({ ...asked, apply: false }));
    if (report) setShown({ asked, report });
  }

  async function book(asked: Asked): Promise<ActionResult<RerateReport>> {
    const result = await rerate({ ...asked, apply: true });
    if (result.ok) setShown({ asked, report: result.data });
    return result;
  }

  return (
    <>
      <PageHeader title={t('title')} answer={t('answer')} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <SectionCard title={t('period')} lead={t('lead')}>
          <form onSubmit={(event) => void show(event)} className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[11rem_11rem_1fr_auto]">
            <Field label={t('from')}>
              <Input name="from" type="date" required className="figures" />
            </Field>
            <Field label={t('to')}>
              <Input name="to" type="date" required className="figures" />
            </Field>
            <Field label={t('org')}>
              <Input name="org" maxLength={80} autoComplete="off" placeholder={t('everybody')} className="figures" />
            </Field>
            <Button type="submit" pending={pending}>
              {t('show')}
            </Button>
          </form>
        </SectionCard>
        {shown && <Report report={shown.report} book={() => book(shown.asked)} />}
      </div>
    </>
  );
}

function Report({ report, book }: { report: RerateReport; book: () => Promise<ActionResult<RerateReport>> }) {
  const t = useTranslations('operatorRerate');
  const [asking, setAsking] = useState(false);
  const { calls, differences, unexplained, booked } = report;
  const columns = (['org', 'model', 'calls', 'charged', 'corrected', 'difference'] as const).map((id) => ({ id, label: t(`column.${id}`), numeric: id !== 'org' && id !== 'model' }));
  return (
    <section aria-label={t('result')} className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <p role="status" className="text-base">
        {booked
          ? t('booked', { entries: booked.entries, refunded: booked.refunded_usd, charged: booked.charged_usd, forgone: booked.forgone_usd })
          : differences.length === 0
            ? t('same', { calls })
            : t('differ', { calls, different: differences.reduce((sum, one) => sum + one.calls, 0) })}
        {unexplained > 0 && <span className="block text-sm text-muted-foreground">{t('unexplained', { count: unexplained })}</span>}
      </p>
      {differences.length > 0 && (
        <CardTable
          label={t('result')}
          columns={columns}
          rows={differences.map((one) => ({
            id: `${one.org}/${one.model}`,
            cells: [
              one.org,
              <span key="model" className="figures break-all">
                {one.model}
              </span>,
              one.calls,
              <Money key="charged" usd={one.charged_usd} exact />,
              <Money key="corrected" usd={one.corrected_usd} exact />,
              <Money key="difference" usd={one.difference_usd} exact />,
            ],
          }))}
        />
      )}
      {differences.length > 0 && !booked && (
        <div>
          <Button onClick={() => setAsking(true)}>{t('book')}</Button>
          <ConfirmDialog open={asking} title={t('book')} lead={t('bookLead')} confirm={t('book')} act={book} onClose={() => setAsking(false)} onDone={() => undefined} />
        </div>
      )}
    </section>
  );
}
