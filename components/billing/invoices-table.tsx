import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Money } from '@/components/patterns/money';
import { Time } from '@/components/patterns/time';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';

interface Invoice {
  id: string;
  number: string | null;
  at: string;
  totalUsd: string;
  status: string;
  url: string | null;
}

export function InvoicesTable({ invoices, path }: { invoices: Invoice[] | null; path: string }) {
  const t = useTranslations('billing.invoices');
  if (invoices === null) return <p className="text-base text-muted-foreground">{t('away')}</p>;
  if (invoices.length === 0) return <p className="text-base text-muted-foreground">{t('none')}</p>;
  return (
    <Table aria-label={t('title')}>
      <TableHeader>
        <TableRow>
          <TableHead>{t('number')}</TableHead>
          <TableHead>{t('date')}</TableHead>
          <TableHead>{t('status')}</TableHead>
          <TableHead numeric>{t('total')}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {invoices.map((invoice) => (
          <TableRow key={invoice.id}>
            <TableCell className="figures whitespace-nowrap">
              <Link href={`${path}/${invoice.id}`} className="text-primary underline underline-offset-4">
                {invoice.number ?? invoice.id}
              </Link>
            </TableCell>
            <TableCell>
              <Time iso={invoice.at} format="date" />
            </TableCell>
            <TableCell className="whitespace-nowrap">{t.has(`states.${invoice.status}`) ? t(`states.${invoice.status}`) : invoice.status}</TableCell>
            <TableCell numeric>
              <Money usd={invoice.totalUsd} paid />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
