'use client';

import { Boxes, Search } from 'lucide-react';
import Link from 'next/link';
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useTranslations } from 'next-intl';
import { PageHeader } from '@/components/patterns/page-header';
import { EmptyState, NoMatches } from '@/components/patterns/states';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { NativeSelect } from '@/components/ui/native-select';
import { Switch } from '@/components/ui/switch';
import { moneyToNumber } from '@/lib/format/money';
import type { ModelCatalogue, ModelJson } from '@/lib/query/types';
import { CAPABILITIES } from './capability-badges';
import { Aliases, Models } from './model-lists';

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
