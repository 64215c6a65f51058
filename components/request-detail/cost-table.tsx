import { useLocale, useTranslations } from 'next-intl';
import { Table, TableBody, TableCell, TableFooter, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { moneyExact, moneyRate } from '@/lib/format/money';
import { count } from '@/lib/format/numbers';
import type { RequestDetailJson } from '@/lib/query/types';

const ITEMS = [
  'input',
  'cached_input',
  'cache_write',
  'cache_write_1h',
  'output',
  'reasoning',
  'request',
  'audio_input',
  'audio_output',
  'image',
  'audio_second',
  'character',
] as const;
const FUNDS = ['paid', 'included', 'promotional', 'demo', 'simulated', 'postpaid'] as const;

/** The sum as it was made: tokens × rate per line, the card the rates are from, and who paid. */
export function CostTable({ request }: { request: RequestDetailJson }) {
  const t = useTranslations('request.cost');
  const locale = useLocale();
  const fund = FUNDS.find((known) => known === request.fund);
  const facts = [
    request.price_card_id && [t('card'), request.price_card_id],
    request.fund && [t('fund'), fund ? t(`funds.${fund}`) : request.fund],
    request.hold_usd && [t('hold'), moneyExact(request.hold_usd)],
    request.usage_source && [t('source'), t(`sources.${request.usage_source}`)],
    request.clamped && [t('clamped'), request.clamped],
  ].filter((fact): fact is [string, string] => Array.isArray(fact));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {request.cost_lines.length === 0 ? (
        <p className="text-base text-muted-foreground">{request.status === 'running' ? t('running') : t('nothing')}</p>
      ) : (
        <Table aria-label={t('label')}>
          <TableHeader>
            <TableRow className="hover:bg-transparent">
              <TableHead>{t('item')}</TableHead>
              <TableHead numeric className="max-sm:hidden">
                {t('tokens')}
              </TableHead>
              <TableHead numeric className="max-sm:hidden">
                {t('rate')}
              </TableHead>
              <TableHead numeric>{t('amount')}</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {request.cost_lines.map((line, at) => {
              const item = ITEMS.find((known) => known === line.item);
              return (
                <TableRow key={at}>
                  <TableHead scope="row" className="text-base font-normal text-foreground max-sm:h-auto max-sm:py-2">
                    {item ? t(`items.${item}`) : line.item}
                    <span className="figures block text-xs text-muted-foreground sm:hidden">
                      {count(line.tokens, locale)} × {moneyRate(line.rate_usd_per_million)} {t('perMillion')}
                    </span>
                  </TableHead>
                  <TableCell numeric className="max-sm:hidden">
                    {count(line.tokens, locale)}
                  </TableCell>
                  <TableCell numeric className="max-sm:hidden">
                    <span className="text-muted-foreground">× </span>
                    {moneyRate(line.rate_usd_per_million)}
                    <span className="text-muted-foreground"> {t('perMillion')}</span>
                  </TableCell>
                  <TableCell numeric>{moneyExact(line.amount_usd)}</TableCell>
                </TableRow>
              );
            })}
          </TableBody>
          <TableFooter>
            <TableRow className="hover:bg-transparent">
              <TableHead scope="row" className="text-base text-foreground">
                {t('total')}
              </TableHead>
              <TableCell className="max-sm:hidden" colSpan={2} />
              <TableCell numeric>{moneyExact(request.cost_usd)}</TableCell>
            </TableRow>
          </TableFooter>
        </Table>
      )}
      {request.usage_suspect && <p className="text-sm text-warning">{t('suspect')}</p>}
      <dl className="grid gap-x-6 gap-y-2 text-base sm:grid-cols-[max-content_1fr]">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted-foreground">{name}</dt>
            <dd className="figures break-all text-sm leading-5">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="text-sm text-muted-foreground">{t('rounding')}</p>
    </div>
  );
}
