'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { ActionDialog } from '@/components/operator/action-dialog';
import { CardTable } from '@/components/operator/card-table';
import { BackLink } from '@/components/patterns/back-link';
import { PageHeader } from '@/components/patterns/page-header';
import { ProviderMark } from '@/components/patterns/provider-mark';
import { Time } from '@/components/patterns/time';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { moneyRate } from '@/lib/format/money';
import type { OperatorModelDetail } from '@/lib/services/operator/models/list-models';
import type { ModelActions, ProviderChoice } from './model-actions';
import { ModelDialog } from './model-dialog';
import { ModelState } from './models-page';
import { PriceDialog } from './price-dialog';

/** One model: where it is used, and every price it ever had or will have. */
export function OperatorModelPage({ model, providers, actions }: { model: OperatorModelDetail; providers: ProviderChoice[]; actions: ModelActions }) {
  const t = useTranslations('operatorModels');
  const router = useRouter();
  const columns = (['from', 'for', 'input', 'cached', 'output', 'currency', 'source'] as const).map((id) => ({ id, label: t(`cards.${id}`), numeric: ['input', 'cached', 'output'].includes(id) }));
  return (
    <>
      <PageHeader
        eyebrow={<BackLink href="/admin/models">{t('title')}</BackLink>}
        title={<span className="figures break-all">{model.id}</span>}
        answer={
          <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
            <ProviderMark adapter={model.provider.adapter} />
            <Link href={`/admin/providers/${encodeURIComponent(model.provider.id)}`} className="underline decoration-border underline-offset-4">
              {model.provider.label}
            </Link>
            <span className="figures break-all">{model.upstreamModel}</span>
          </span>
        }
        actions={
          !model.demo && (
            <>
              <ActionDialog
                trigger={<Button variant="outline">{t('remove')}</Button>}
                title={t('removeTitle', { id: model.id })}
                lead={t('removeLead')}
                submit={t('remove')}
                destructive
                done={t('removed')}
                run={async () => {
                  const result = await actions.remove({ id: model.id });
                  if (result.ok) router.push('/admin/models');
                  return result;
                }}
              />
              <ModelDialog trigger={<Button variant="outline">{t('edit')}</Button>} model={model} providers={providers} save={actions.save} />
              <PriceDialog trigger={<Button>{t('price.action')}</Button>} model={model} setPrice={actions.setPrice} />
            </>
          )
        }
      >
        <div className="flex flex-wrap items-center gap-2">
          <ModelState model={model} />
          {model.capabilities.map((capability) => (
            <Badge key={capability} variant="outline">
              {capability}
            </Badge>
          ))}
        </div>
      </PageHeader>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <section aria-labelledby="cards" className="grid grid-cols-[minmax(0,1fr)] gap-2">
          <h2 id="cards" className="text-base font-semibold">
            {t('cards.title')}
          </h2>
          {model.cards.length === 0 ? (
            <p className="rounded-lg border bg-surface px-4 py-8 text-center text-sm text-muted-foreground">{t('cards.none')}</p>
          ) : (
            <CardTable
              label={t('cards.title')}
              columns={columns}
              rows={model.cards.map((card) => ({
                id: card.id,
                muted: card.state === 'past',
                cells: [
                  <span key="from">
                    <Time iso={card.effectiveFrom} format="full" />
                    {card.state !== 'past' && (
                      <Badge variant={card.state === 'future' ? 'info' : 'success'} className="ml-2">
                        {t(`cards.${card.state}`)}
                      </Badge>
                    )}
                  </span>,
                  card.organization?.name ?? t('cards.everybody'),
                  card.inputUsd ? moneyRate(card.inputUsd) : '—',
                  card.cachedInputUsd ? moneyRate(card.cachedInputUsd) : '—',
                  card.outputUsd ? moneyRate(card.outputUsd) : '—',
                  card.fxRate ? t('cards.fx', { currency: card.currency, rate: card.fxRate }) : card.currency,
                  t.has(`cards.sources.${card.source}`) ? t(`cards.sources.${card.source}`) : card.source,
                ],
              }))}
            />
          )}
        </section>
        <section aria-labelledby="used-by" className="grid gap-2">
          <h2 id="used-by" className="text-base font-semibold">
            {t('aliases.title')}
          </h2>
          {model.aliases.length === 0 ? (
            <p className="text-sm text-muted-foreground">{t('aliases.none')}</p>
          ) : (
            <ul className="flex flex-wrap gap-2">
              {model.aliases.map((alias) => (
                <li key={alias}>
                  <Badge variant="outline" className="figures">
                    <Link href={`/admin/aliases/${alias.split('/').map(encodeURIComponent).join('/')}`}>{alias}</Link>
                  </Badge>
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
    </>
  );
}
