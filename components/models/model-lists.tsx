'use client';

import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { ProviderMark } from '@/components/patterns/provider-mark';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { moneyRate } from '@/lib/format/money';
import { sizeShort } from '@/lib/format/numbers';
import type { AliasJson, ModelJson } from '@/lib/query/types';
import { Availability } from './availability';
import { CapabilityBadges } from './capability-badges';
import { Measured } from './measured';

/** Aliases as cards: what each stands for, and what it answers with today. */
export function Aliases({ org, aliases, plan }: { org: string; aliases: AliasJson[]; plan: string }) {
  const t = useTranslations('models');
  return (
    <section aria-labelledby="aliases" className="grid gap-3">
      <div>
        <h2 id="aliases" className="text-lg">
          {t('aliases.title')}
        </h2>
        <p className="text-sm text-muted-foreground">{t('aliases.why')}</p>
      </div>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,17rem),1fr))] gap-3">
        {aliases.map((alias) => (
          <li key={alias.id}>
            <Card className="grid h-full content-between gap-3 p-4">
              <div className="grid gap-2">
                <div className="flex items-center justify-between gap-2">
                  <h3 className="figures min-w-0 truncate text-base">
                    <Link href={`/${org}/models/${alias.id}`} className="hover:underline">
                      {alias.id}
                    </Link>
                  </h3>
                  <CopyButton value={alias.id} label={t('copyName', { name: alias.id })} iconOnly variant="ghost" />
                </div>
                {alias.description && <p className="text-sm text-muted-foreground">{alias.description}</p>}
                <ol aria-label={t('aliases.chain')} className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-xs">
                  {alias.targets.map((target, at) => (
                    <li key={target} className="flex items-center gap-1.5">
                      {at > 0 && <span className="text-muted-foreground">{alias.strategy === 'priority' ? t('aliases.then') : t('aliases.or')}</span>}
                      <span className="figures rounded-sm bg-secondary px-1.5 leading-5">{target}</span>
                    </li>
                  ))}
                </ol>
              </div>
              <div className="flex flex-wrap items-center justify-between gap-2 text-sm">
                <Availability state={alias.availability} org={org} plan={plan} />
                <Link href={`/${org}/logs?alias=${encodeURIComponent(alias.id)}`} className="text-primary hover:underline">
                  {t('requests')}
                </Link>
              </div>
            </Card>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Models as a table: price, context, what they can, how they were measured. */
export function Models({ org, models, plan }: { org: string; models: ModelJson[]; plan: string }) {
  const t = useTranslations('models');
  const locale = useLocale();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div>
        <h2 className="text-lg">{t('models.title')}</h2>
        <p className="text-sm text-muted-foreground">{t('models.why')}</p>
      </div>
      <Table aria-label={t('models.title')} className="[&_td]:px-2 [&_th]:px-2">
        <TableHeader>
          <TableRow className="hover:bg-transparent">
            <TableHead>{t('models.id')}</TableHead>
            <TableHead>{t('models.provider')}</TableHead>
            <TableHead numeric>{t('models.context')}</TableHead>
            <TableHead>{t('models.capabilities')}</TableHead>
            <TableHead numeric>{t('models.input')}</TableHead>
            <TableHead numeric>{t('models.output')}</TableHead>
            <TableHead numeric>{t('models.latency')}</TableHead>
            <TableHead numeric>{t('models.uptime')}</TableHead>
            <TableHead>{t('models.use')}</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {models.map((model) => (
            <TableRow key={model.id}>
              <TableHead scope="row" className="text-sm font-normal text-foreground">
                <span className="flex items-center gap-1.5">
                  <Link href={`/${org}/models/${model.id}`} className="figures hover:underline">
                    {model.id}
                  </Link>
                  <CopyButton
                    value={model.id}
                    label={t('copyName', { name: model.id })}
                    iconOnly
                    variant="ghost"
                    className="size-6 text-muted-foreground [&_svg]:size-3.5"
                  />
                  {model.demo && <Badge variant="info">{t('models.demo')}</Badge>}
                </span>
              </TableHead>
              <TableCell className="whitespace-nowrap">
                <span className="inline-flex items-center gap-2">
                  <ProviderMark adapter={model.adapter} className="text-muted-foreground" />
                  {model.provider_label}
                </span>
              </TableCell>
              <TableCell numeric>{model.context_window === null ? '—' : sizeShort(model.context_window, locale)}</TableCell>
              <TableCell>
                <CapabilityBadges kind={model.kind} capabilities={model.capabilities} />
              </TableCell>
              {model.price ? (
                <>
                  <TableCell numeric>
                    {moneyRate(model.price.input_usd)}
                    {model.price.cached_input_usd !== null && (
                      <span className="block text-xs text-muted-foreground">{t('models.cachedAt', { rate: moneyRate(model.price.cached_input_usd) })}</span>
                    )}
                  </TableCell>
                  <TableCell numeric>
                    {moneyRate(model.price.output_usd)}
                    {model.price.tiered && (
                      <abbr title={t('models.tiered')} className="ml-0.5 text-muted-foreground no-underline">
                        +
                      </abbr>
                    )}
                  </TableCell>
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
    </div>
  );
}
