import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { ProviderMark } from '@/components/patterns/provider-mark';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { moneyRate } from '@/lib/format/money';
import { sizeShort } from '@/lib/format/numbers';
import type { AliasJson, ModelJson } from '@/lib/query/types';
import { Availability } from './availability';
import { Measured } from './measured';

/** The models behind an alias, in the order in which they are asked. */
export function TargetList({ org, alias, targets, plan }: { org: string; alias: AliasJson; targets: readonly ModelJson[]; plan: string }) {
  const t = useTranslations('models');
  const locale = useLocale();
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div>
        <h2 className="text-lg">{t('aliases.chain')}</h2>
        <p className="text-sm text-muted-foreground">{t(`detail.strategy.${alias.strategy as 'priority'}`)}</p>
      </div>
      <Table aria-label={t('aliases.chain')}>
        <TableHeader>
          <TableRow className="hover:bg-transparent">
            <TableHead>{t('models.id')}</TableHead>
            <TableHead>{t('models.provider')}</TableHead>
            <TableHead numeric>{t('models.context')}</TableHead>
            <TableHead numeric>{t('models.input')}</TableHead>
            <TableHead numeric>{t('models.output')}</TableHead>
            <TableHead numeric>{t('models.latency')}</TableHead>
            <TableHead numeric>{t('models.uptime')}</TableHead>
            <TableHead>{t('models.use')}</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {targets.map((model) => (
            <TableRow key={model.id}>
              <TableHead scope="row" className="text-sm font-normal text-foreground">
                <Link href={`/${org}/models/${model.id}`} className="figures hover:underline">
                  {model.id}
                </Link>
              </TableHead>
              <TableCell className="whitespace-nowrap">
                <span className="inline-flex items-center gap-2">
                  <ProviderMark adapter={model.adapter} className="text-muted-foreground" />
                  {model.provider_label}
                </span>
              </TableCell>
              <TableCell numeric>{model.context_window === null ? '—' : sizeShort(model.context_window, locale)}</TableCell>
              {model.price ? (
                <>
                  <TableCell numeric>{moneyRate(model.price.input_usd)}</TableCell>
                  <TableCell numeric>{moneyRate(model.price.output_usd)}</TableCell>
                </>
              ) : (
                <TableCell colSpan={2} className="text-right text-warning">
                  {t('models.unpriced')}
                </TableCell>
              )}
              <Measured health={model.health} />
              <TableCell className="min-w-44">
                <Availability state={model.availability} org={org} plan={plan} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}
