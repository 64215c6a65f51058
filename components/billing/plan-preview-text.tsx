import { useFormatter, useTranslations } from 'next-intl';
import { moneyRate } from '@/lib/format/money';
import type { PlanPreviewView } from './outcome';

/** The preview in words: what is charged now or when the change begins, and what the new plan no longer covers. */
export function PlanPreviewText({ preview }: { preview: PlanPreviewView }) {
  const t = useTranslations('billingMore.preview');
  const format = useFormatter();
  const date = preview.from ? format.dateTime(new Date(preview.from), { dateStyle: 'medium' }) : '';
  return (
    <div role="status" className="grid gap-2 text-base">
      <p>{preview.when === 'now' ? t('now', { amount: moneyRate(preview.dueNowUsd ?? '0') }) : t('later', { date })}</p>
      {preview.when === 'now' && <p>{t('creditLater')}</p>}
      {preview.instead && <p className="text-muted-foreground">{Number(preview.instead.creditUsd) > 0 ? t('insteadCredit', { amount: moneyRate(preview.instead.creditUsd) }) : t('insteadNothing')}</p>}
      {preview.exceeded.map(({ what, have, allowed }) => (
        <p key={what} className="text-warning">
          {t(what, { have, allowed })}
        </p>
      ))}
    </div>
  );
}
