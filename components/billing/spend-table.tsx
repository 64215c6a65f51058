import { useFormatter, useTranslations } from 'next-intl';
import { Money } from '@/components/patterns/money';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';

/** What each month cost: paid from credit, and owed beyond it. */
export function SpendTable({ months }: { months: { month: string; creditUsd: string; overageUsd: string }[] }) {
  const t = useTranslations('billingMore.spend');
  const format = useFormatter();
  if (months.length === 0) return <p className="text-base text-muted-foreground">{t('none')}</p>;
  return (
    <Table aria-label={t('title')}>
      <TableHeader>
        <TableRow>
          <TableHead>{t('month')}</TableHead>
          <TableHead numeric>{t('credit')}</TableHead>
          <TableHead numeric>{t('overage')}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {months.map(({ month, creditUsd, overageUsd }) => (
          <TableRow key={month}>
            <TableCell>{format.dateTime(new Date(`${month}T00:00:00Z`), { year: 'numeric', month: 'long', timeZone: 'UTC' })}</TableCell>
            <TableCell numeric>
              <Money usd={creditUsd} />
            </TableCell>
            <TableCell numeric>
              <Money usd={overageUsd} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
