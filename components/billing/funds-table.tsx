import { useTranslations } from 'next-intl';
import { Money } from '@/components/patterns/money';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';

interface Fund {
  fund: 'paid' | 'included' | 'promotional' | 'overage' | 'demo' | 'simulated';
  creditedUsd: string;
  spentUsd: string;
  heldUsd: string;
  availableUsd: string;
}

/** The balance by where the money came from, each with what it may pay for. */
export function FundsTable({ funds }: { funds: Fund[] }) {
  const t = useTranslations('billing.funds');
  return (
    <Table aria-label={t('title')}>
      <TableHeader>
        <TableRow>
          <TableHead>{t('fund')}</TableHead>
          <TableHead numeric>{t('credited')}</TableHead>
          <TableHead numeric>{t('spent')}</TableHead>
          <TableHead numeric>{t('held')}</TableHead>
          <TableHead numeric>{t('available')}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {funds.map((fund) => (
          <TableRow key={fund.fund}>
            <TableCell className="min-w-56">
              {t(`names.${fund.fund}`)}{' '}
              <span className="text-muted-foreground">· {t(`pays.${fund.fund === 'demo' || fund.fund === 'simulated' ? 'demo' : 'all'}`)}</span>
            </TableCell>
            <TableCell numeric>
              <Money usd={fund.creditedUsd} />
            </TableCell>
            <TableCell numeric>
              <Money usd={fund.spentUsd} />
            </TableCell>
            <TableCell numeric>
              <Money usd={fund.heldUsd} />
            </TableCell>
            <TableCell numeric>
              <Money usd={fund.availableUsd} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
