'use client';

import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useRun } from '@/components/operator/use-run';
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { Skeleton } from '@/components/ui/skeleton';
import type { AliasDetail, AliasDocument } from '@/lib/services/aliases';
import type { AliasItem } from '@/lib/services/config/items';
import type { AliasActions, TargetChoice } from './alias-actions';
import { ModelSelect } from './model-select';
import { TestRoute } from './test-route';

/** Dragging brings a library, which comes after the page. */
const TargetList = dynamic(() => import('./target-list').then((module) => module.TargetList), {
  ssr: false,
  loading: () => <Skeleton className="h-32 rounded-lg" />,
});

const STRATEGIES = ['priority', 'weighted', 'cheapest', 'fastest'] as const;
const STICKY = ['none', 'user', 'session'] as const;
const OVERFLOW = ['next', 'fail'] as const;
const RECOVERY = ['none', 'restart', 'hold'] as const;

interface AliasEditorProps {
  /** The draft, else what is in force. */
  document: AliasItem | null;
  detail: AliasDetail;
  models: TargetChoice[];
  plans: string[];
  actions: AliasActions;
}

/** Targets in order and how they are chosen. Nothing here is in force before "Publish". */
export function AliasEditor({ document, detail, models, plans, actions }: AliasEditorProps) {
  const t = useTranslations('operatorAliases');
  const { pending, run } = useRun();
  const [item, setItem] = useState<AliasItem>(document ?? EMPTY);
  const [added, setAdded] = useState(models.find(({ id }) => !item.targets.some(({ model }) => model === id))?.id ?? '');
  const [note, setNote] = useState('');
  const set = (part: Partial<AliasItem>) => setItem((now) => ({ ...now, ...part }));
  const isChanged = JSON.stringify(item) !== JSON.stringify(document);
  const free = models.filter(({ id }) => !item.targets.some(({ model }) => model === id));

  const save = () => actions.saveDraft({ document: item as unknown as AliasDocument });

  async function publish() {
    await run(async () => {
      if (isChanged || !detail.draft) {
        const saved = await save();
        if (!saved.ok) return saved;
      }
      return actions.publish({ name: item.name, ...(note.trim() ? { note: note.trim() } : {}) });
    }, t('published'));
  }

  function add() {
    if (!added) return;
    const targets = [...item.targets, { model: added }];
    set({ targets });
    setAdded(free.find(({ id }) => id !== added)?.id ?? '');
  }

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      {detail.draft && (
        <Alert variant="info">
          <AlertTitle>{t('draftOf', { who: detail.draft.updated_by ?? '—', version: detail.draft.based_on })}</AlertTitle>
          <AlertDescription>
            {detail.changes.length === 0 ? t('noChanges') : t('changes', { fields: detail.changes.map(({ field }) => (t.has(`field.${field}`) ? t(`field.${field}`) : field)).join(', ') })}
          </AlertDescription>
        </Alert>
      )}
      <section aria-labelledby="targets" className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <div>
          <h2 id="targets" className="text-base font-semibold">
            {t('field.targets')}
          </h2>
          <p className="text-sm text-muted-foreground">{t(`strategyHint.${item.strategy}`)}</p>
        </div>
        <TargetList targets={item.targets} models={models} plans={plans} weighted={item.strategy === 'weighted'} onChange={(targets) => set({ targets })} />
        {free.length > 0 && (
          <div className="flex flex-wrap items-end gap-2">
            <Field label={t('addTarget')} className="min-w-56 flex-1 sm:max-w-80">
              <ModelSelect models={free} value={added} onChange={(event) => setAdded(event.target.value)} />
            </Field>
            <Button variant="outline" onClick={add} disabled={!added}>
              <Plus aria-hidden />
              {t('add')}
            </Button>
          </div>
        )}
      </section>
      <section aria-label={t('behaviour')} className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <Field label={t('description')} className="sm:col-span-2 lg:col-span-3">
          <Input value={item.description ?? ''} maxLength={200} onChange={(event) => set({ description: event.target.value || null })} autoComplete="off" />
        </Field>
        <Choice name="strategy" values={STRATEGIES} value={item.strategy} onChange={(strategy) => set({ strategy })} />
        <Choice name="sticky" values={STICKY} value={item.sticky} onChange={(sticky) => set({ sticky })} />
        <Choice name="onContextOverflow" values={OVERFLOW} value={item.onContextOverflow} onChange={(onContextOverflow) => set({ onContextOverflow })} />
        <Choice name="streamRecovery" values={RECOVERY} value={item.streamRecovery} onChange={(streamRecovery) => set({ streamRecovery })} />
        <Field label={t('field.canary')} hint={t('canaryHint')}>
          <NativeSelect value={item.canary?.model ?? ''} onChange={(event) => set({ canary: event.target.value ? { model: event.target.value, percent: item.canary?.percent ?? 10 } : null })}>
            <option value="">{t('noCanary')}</option>
            {item.targets.map(({ model }) => (
              <option key={model} value={model}>
                {model}
              </option>
            ))}
          </NativeSelect>
        </Field>
        {item.canary && (
          <Field label={t('canaryShare')} note="%">
            <Input
              type="number"
              min={0}
              max={100}
              step="any"
              value={item.canary.percent}
              onChange={(event) => item.canary && set({ canary: { ...item.canary, percent: Number(event.target.value) } })}
              className="figures"
            />
          </Field>
        )}
        <Field label={t('field.totalMs')} note="ms" hint={t('totalHint')}>
          <Input type="number" min={1} step={1} value={item.totalMs ?? ''} onChange={(event) => set({ totalMs: event.target.value === '' ? null : Number(event.target.value) })} className="figures" />
        </Field>
      </section>
      <div className="flex flex-wrap items-end gap-2 border-t pt-4">
        <Field label={t('note')} className="min-w-48 flex-1 sm:max-w-80">
          <Input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} placeholder={t('notePlaceholder')} autoComplete="off" />
        </Field>
        <TestRoute item={item} plans={plans} testRoute={actions.testRoute} />
        {detail.draft && (
          <Button variant="ghost" pending={pending} onClick={() => run(() => actions.discardDraft({ name: item.name }), t('discarded'))}>
            {t('discard')}
          </Button>
        )}
        <Button variant="outline" pending={pending} disabled={!isChanged} onClick={() => run(save, t('drafted'))}>
          {t('saveDraft')}
        </Button>
        <Button pending={pending} disabled={item.targets.length === 0 || (!isChanged && !detail.draft)} onClick={publish}>
          {t('publish')}
        </Button>
      </div>
    </div>
  );
}

const EMPTY: AliasItem = { name: '', description: null, strategy: 'priority', targets: [], sticky: 'none', onContextOverflow: 'next', streamRecovery: 'none', canary: null, totalMs: null };

function Choice({ name, values, value, onChange }: { name: 'strategy' | 'sticky' | 'onContextOverflow' | 'streamRecovery'; values: readonly string[]; value: string; onChange: (value: string) => void }) {
  const t = useTranslations('operatorAliases');
  return (
    <Field label={t(`field.${name}`)}>
      <NativeSelect value={value} onChange={(event) => onChange(event.target.value)}>
        {values.map((one) => (
          <option key={one} value={one}>
            {t(`${name}.${one}`)}
          </option>
        ))}
      </NativeSelect>
    </Field>
  );
}
