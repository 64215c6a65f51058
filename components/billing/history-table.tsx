import { useTranslations } from 'next-intl';
import { Money } from '@/components/patterns/money';
import { Time } from '@/components/patterns/time';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';

interface HistoryRow {
  id: string;
  at: string;
  kind: string;
  source: string;
  fund: string;
  amountUsd: string;
  balanceUsd: string;
  memo: string | null;
  receiptUrl: string | null;
}

/** What came into the balance and what went back, newest first. */
export function HistoryTable({ rows }: { rows: HistoryRow[] }) {
  const t = useTranslations('billingMore.history');
  const funds = useTranslations('billing.funds.names');
  const what = ({ source, kind }: HistoryRow): string => (t.has(`sources.${source}`) ? t(`sources.${source}`) : t.has(`kinds.${kind}`) ? t(`kinds.${kind}`) : kind);
  if (rows.length === 0) return <p className="text-base text-muted-foreground">{t('none')}</p>;
  return (
    <Table aria-label={t('title')}>
      <TableHeader>
        <TableRow>
          <TableHead>{t('date')}</TableHead>
          <TableHead>{t('what')}</TableHead>
          <TableHead>{t('fund')}</TableHead>
          <TableHead numeric>{t('amount')}</TableHead>
          <TableHead numeric>{t('balance')}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id}>
            <TableCell>
              <Time iso={row.at} format="date" />
            </TableCell>
            <TableCell className="min-w-40">
              {what(row)} {row.memo && <span className="text-muted-foreground">· {row.memo}</span>}{' '}
              {row.receiptUrl && (
                <a href={row.receiptUrl} rel="noreferrer" target="_blank" className="text-primary underline underline-offset-4">
                  {t('receipt')}
                </a>
              )}
            </TableCell>
            <TableCell className="whitespace-nowrap">{funds.has(row.fund) ? funds(row.fund) : row.fund}</TableCell>
            <TableCell numeric>
              <Money usd={row.amountUsd} />
            </TableCell>
            <TableCell numeric>
              <Money usd={row.balanceUsd} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
