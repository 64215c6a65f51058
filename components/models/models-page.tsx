'use client';

import { Boxes, Search } from 'lucide-react';
import Link from 'next/link';
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useLocale, useTranslations } from 'next-intl';
import { PageHeader } from '@/components/patterns/page-header';
import { ProviderMark } from '@/components/patterns/provider-mark';
import { EmptyState, NoMatches } from '@/components/patterns/states';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { NativeSelect } from '@/components/ui/native-select';
import { Switch } from '@/components/ui/switch';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { moneyRate, moneyToNumber } from '@/lib/format/money';
import { sizeShort } from '@/lib/format/numbers';
import type { AliasJson, ModelCatalogue, ModelJson } from '@/lib/query/types';
import { Availability } from './availability';
import { CAPABILITIES, CapabilityBadges } from './capability-badges';
import { Measured } from './measured';

const SORTS = ['name', 'price', 'context', 'speed'] as const;

/** Unpriced, unmeasured and unbounded models come last in an order that asks for what they lack. */
const ORDER: Record<(typeof SORTS)[number], (a: ModelJson, b: ModelJson) => number> = {
  name: (a, b) => a.id.localeCompare(b.id),
  price: (a, b) => blendedPrice(a) - blendedPrice(b) || a.id.localeCompare(b.id),
  context: (a, b) => (b.context_window ?? 0) - (a.context_window ?? 0) || a.id.localeCompare(b.id),
  speed: (a, b) => speedOf(a) - speedOf(b) || a.id.localeCompare(b.id),
};

/** Three tokens in for one out, as most calls are. */
function blendedPrice({ price }: ModelJson): number {
  return price ? moneyToNumber(price.input_usd) * 3 + moneyToNumber(price.output_usd) : Number.MAX_VALUE;
}

function speedOf({ health }: ModelJson): number {
  return health?.ttft_p50_ms ?? Number.MAX_VALUE;
}

/** What can be called: aliases first, because they outlive the models behind them. */
export function ModelsPage({ org, catalogue }: { org: string; catalogue: ModelCatalogue }) {
  const t = useTranslations('models');
  const [view, setView] = useQueryStates(
    {
      q: parseAsString.withDefault(''),
      allowed: parseAsBoolean.withDefault(false),
      cap: parseAsString,
      provider: parseAsString,
      sort: parseAsStringLiteral(SORTS).withDefault('name'),
    },
    { history: 'replace' },
  );
  const wanted = view.q.trim().toLowerCase();
  const shown = (texts: (string | null)[], allowed: boolean): boolean =>
    (!view.allowed || allowed) && (wanted === '' || texts.some((text) => text?.toLowerCase().includes(wanted)));
  const aliases = catalogue.aliases.filter((alias) => shown([alias.id, alias.description, ...alias.targets], alias.availability.allowed));
  const models = catalogue.models
    .filter((model) => shown([model.id, model.display_name, model.provider_label, model.kind, ...model.capabilities], model.availability.allowed))
    .filter(({ capabilities, provider }) => (!view.cap || capabilities.includes(view.cap)) && (!view.provider || provider === view.provider))
    .sort(ORDER[view.sort]);
  const capabilities = [...new Set(catalogue.models.flatMap((model) => model.capabilities))].sort();
  const providers = [...new Map(catalogue.models.map((model) => [model.provider, model.provider_label]))];
  const callable = catalogue.models.filter(({ availability }) => availability.allowed).length;
  const nothing = catalogue.models.length === 0 && catalogue.aliases.length === 0;
  return (
    <>
      <PageHeader
        title={t('title')}
        answer={t('answer', {
          aliases: catalogue.aliases.filter(({ availability }) => availability.allowed).length,
          models: callable,
          all: catalogue.models.length,
          plan: catalogue.plan.name,
        })}
        actions={
          <Button asChild variant="outline">
            <Link href={`/${org}/keys`}>{t('keys')}</Link>
          </Button>
        }
      >
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <div role="search" className="relative min-w-0 flex-1 basis-64 sm:max-w-sm">
            <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted-foreground" />
            <Input
              type="search"
              aria-label={t('search')}
              placeholder={t('searchHint')}
              value={view.q}
              className="pl-8"
              onChange={({ target }) => void setView({ q: target.value || null })}
            />
          </div>
          <NativeSelect
            aria-label={t('filter.capability')}
            className="w-40"
            value={view.cap ?? ''}
            onChange={({ target }) => void setView({ cap: target.value || null })}
          >
            <option value="">{t('filter.any')}</option>
            {capabilities.map((capability) => {
              const known = CAPABILITIES.find((one) => one === capability);
              return (
                <option key={capability} value={capability}>
                  {known ? t(`capabilities.${known}`) : capability}
                </option>
              );
            })}
          </NativeSelect>
          <NativeSelect
            aria-label={t('filter.provider')}
            className="w-40"
            value={view.provider ?? ''}
            onChange={({ target }) => void setView({ provider: target.value || null })}
          >
            <option value="">{t('filter.anyProvider')}</option>
            {providers.map(([id, label]) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </NativeSelect>
          <NativeSelect
            aria-label={t('filter.sort')}
            className="w-48"
            value={view.sort}
            onChange={({ target }) => void setView({ sort: target.value as (typeof SORTS)[number] })}
          >
            {SORTS.map((sort) => (
              <option key={sort} value={sort}>
                {t(`filter.sorts.${sort}`)}
              </option>
            ))}
          </NativeSelect>
          <span className="flex items-center gap-2">
            <Switch id="only-allowed" checked={view.allowed} onCheckedChange={(allowed) => void setView({ allowed: allowed || null })} />
            <Label htmlFor="only-allowed">{t('onlyAllowed')}</Label>
          </span>
        </div>
      </PageHeader>
      {nothing ? (
        <EmptyState icon={Boxes} title={t('empty.title')} why={t('empty.why')} />
      ) : aliases.length + models.length === 0 ? (
        <NoMatches onClear={() => void setView({ q: null, allowed: null, cap: null, provider: null })} />
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
          {aliases.length > 0 && <Aliases org={org} aliases={aliases} plan={catalogue.plan.name} />}
          {models.length > 0 && <Models org={org} models={models} plan={catalogue.plan.name} />}
        </div>
      )}
    </>
  );
}

function Aliases({ org, aliases, plan }: { org: string; aliases: AliasJson[]; plan: string }) {
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

function Models({ org, models, plan }: { org: string; models: ModelJson[]; plan: string }) {
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
