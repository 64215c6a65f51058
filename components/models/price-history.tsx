import { useTranslations } from 'next-intl';
import { Time } from '@/components/patterns/time';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { moneyRate } from '@/lib/format/money';
import type { ModelDetail } from '@/lib/query/types';

/** What a model cost from when on, newest first. */
export function PriceHistory({ prices }: { prices: Extract<ModelDetail, { kind: 'model' }>['prices'] }) {
  const t = useTranslations('models');
  return (
    <Table aria-label={t('detail.prices')}>
      <TableHeader>
        <TableRow className="hover:bg-transparent">
          <TableHead>{t('detail.since')}</TableHead>
          <TableHead numeric>{t('models.input')}</TableHead>
          <TableHead numeric>{t('models.output')}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {prices.map(({ from, price }) => (
          <TableRow key={price.card_id}>
            <TableCell>
              <Time iso={from} />
            </TableCell>
            <TableCell numeric>{moneyRate(price.input_usd)}</TableCell>
            <TableCell numeric>{moneyRate(price.output_usd)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
