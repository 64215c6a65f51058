'use client';

import { Boxes, Plus, Search } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { CardTable } from '@/components/operator/card-table';
import { PageHeader } from '@/components/patterns/page-header';
import { ProviderMark } from '@/components/patterns/provider-mark';
import { EmptyState, NoMatches } from '@/components/patterns/states';
import { StatusBadge } from '@/components/patterns/status-badge';
import { Time } from '@/components/patterns/time';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { NativeSelect } from '@/components/ui/native-select';
import { moneyRate } from '@/lib/format/money';
import { sizeShort } from '@/lib/format/numbers';
import type { OperatorModel } from '@/lib/services/operator/models/list-models';
import type { ModelActions, ProviderChoice } from './model-actions';
import { ModelDialog } from './model-dialog';
import { PriceDialog } from './price-dialog';

const STATES = ['on', 'off', 'unpriced', 'retiring'] as const;

interface ModelsPageProps {
  models: OperatorModel[];
  providers: ProviderChoice[];
  actions: Pick<ModelActions, 'save' | 'setPrice'>;
}

export function OperatorModelsPage({ models, providers, actions }: ModelsPageProps) {
  const t = useTranslations('operatorModels');
  const locale = useLocale();
  const [filter, setFilter] = useQueryStates({ q: parseAsString.withDefault(''), provider: parseAsString.withDefault(''), state: parseAsStringLiteral(STATES) });
  const unpriced = models.filter((model) => model.enabled && model.price === null);
  const needle = filter.q.trim().toLowerCase();
  const shown = models
    .filter((model) => filter.provider === '' || model.provider.id === filter.provider)
    .filter((model) => filter.state === null || matchesState(model, filter.state))
    .filter((model) => needle === '' || `${model.id} ${model.upstreamModel} ${model.displayName ?? ''}`.toLowerCase().includes(needle));
  const columns = (['id', 'provider', 'context', 'input', 'output', 'state'] as const).map((id) => ({ id, label: t(`column.${id}`), numeric: ['context', 'input', 'output'].includes(id) }));
  const add = providers.length > 0 && (
    <ModelDialog
      trigger={
        <Button>
          <Plus aria-hidden />
          {t('add')}
        </Button>
      }
      providers={providers}
      save={actions.save}
    />
  );
  return (
    <>
      <PageHeader title={t('title')} answer={t('answer', { count: models.length, unpriced: unpriced.length })} actions={add}>
        <div className="flex flex-wrap items-center gap-2">
          <div className="relative min-w-48 flex-1 sm:max-w-72">
            <Label htmlFor="model-search" className="sr-only">
              {t('search')}
            </Label>
            <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted-foreground" />
            <Input id="model-search" type="search" value={filter.q} placeholder={t('search')} onChange={(event) => setFilter({ q: event.target.value || null })} className="pl-8" />
          </div>
          <NativeSelect aria-label={t('column.provider')} value={filter.provider} onChange={(event) => setFilter({ provider: event.target.value || null })} className="w-44">
            <option value="">{t('anyProvider')}</option>
            {[...new Map(models.map(({ provider }) => [provider.id, provider.label]))].map(([id, label]) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </NativeSelect>
          <NativeSelect aria-label={t('column.state')} value={filter.state ?? ''} onChange={(event) => setFilter({ state: (event.target.value || null) as (typeof STATES)[number] | null })} className="w-36">
            <option value="">{t('anyState')}</option>
            {STATES.map((state) => (
              <option key={state} value={state}>
                {t(`state.${state}`)}
              </option>
            ))}
          </NativeSelect>
        </div>
      </PageHeader>
      {unpriced.length > 0 && (
        <Alert variant="warning" className="mb-4">
          <AlertTitle className="font-normal">{t('unpricedWarning', { count: unpriced.length, names: unpriced.slice(0, 5).map(({ id }) => id).join(', ') })}</AlertTitle>
        </Alert>
      )}
      {models.length === 0 ? (
        <EmptyState icon={Boxes} title={t('title')} why={t('empty')} />
      ) : shown.length === 0 ? (
        <NoMatches onClear={() => setFilter({ q: null, provider: null, state: null })} />
      ) : (
        <CardTable
          label={t('title')}
          columns={columns}
          actionsLabel={t('column.actions')}
          rows={shown.map((model) => ({
            id: model.id,
            muted: !model.enabled,
            cells: [
              <span key="id">
                <Link href={modelPath(model.id)} className="figures rounded-sm break-all underline decoration-border underline-offset-4 hover:decoration-foreground">
                  {model.id}
                </Link>
                {model.upstreamModel !== model.id && <span className="figures block text-xs font-normal break-all text-muted-foreground">→ {model.upstreamModel}</span>}
              </span>,
              <span key="provider" className="inline-flex items-center gap-2">
                <ProviderMark adapter={model.provider.adapter} />
                {model.provider.label}
              </span>,
              model.contextWindow === null ? '—' : sizeShort(model.contextWindow, locale),
              model.price?.inputUsd ? moneyRate(model.price.inputUsd) : '—',
              model.price?.outputUsd ? moneyRate(model.price.outputUsd) : '—',
              <ModelState key="state" model={model} />,
            ],
            actions: !model.demo && (
              <>
                <PriceDialog
                  trigger={
                    <Button variant="outline" size="sm">
                      {t('price.action')}
                    </Button>
                  }
                  model={model}
                  setPrice={actions.setPrice}
                />
                <ModelDialog
                  trigger={
                    <Button variant="outline" size="sm">
                      {t('edit')}
                    </Button>
                  }
                  model={model}
                  providers={providers}
                  save={actions.save}
                />
              </>
            ),
          }))}
        />
      )}
    </>
  );
}

/** Model ids may hold slashes; each part of the path is one part of the id. */
export function modelPath(id: string): string {
  return `/admin/models/${id.split('/').map(encodeURIComponent).join('/')}`;
}

export function ModelState({ model }: { model: OperatorModel }) {
  const t = useTranslations('operatorModels');
  return (
    <>
      {!model.enabled ? (
        <StatusBadge status="pending" label={t('state.off')} />
      ) : model.price === null ? (
        <StatusBadge status="warning" label={t('state.unpriced')} />
      ) : model.retiresAt ? (
        <StatusBadge status="retiring" label={t('state.retiring')} />
      ) : (
        <StatusBadge status="active" label={t('state.on')} />
      )}
      {model.retiresAt && <span className="mt-0.5 block text-xs text-muted-foreground">{t.rich('until', { time: () => <Time iso={model.retiresAt as string} format="date" /> })}</span>}
      {model.next && <span className="mt-0.5 block text-xs text-muted-foreground">{t.rich('nextPrice', { time: () => <Time iso={model.next?.effectiveFrom as string} format="date" /> })}</span>}
    </>
  );
}

function matchesState(model: OperatorModel, state: (typeof STATES)[number]): boolean {
  if (state === 'on') return model.enabled;
  if (state === 'off') return !model.enabled;
  return state === 'unpriced' ? model.price === null : model.retiresAt !== null;
}
