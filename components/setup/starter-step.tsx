'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ModelSelect } from '@/components/operator/aliases/model-select';
import { useRun } from '@/components/operator/use-run';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { moneyShort } from '@/lib/format/money';
import type { SetupView } from '@/lib/services/setup/read-setup';
import type { SetupActions } from './setup-actions';

/** Five names that clients can rely on, and three plans. Both are only where one starts. */
export function StarterStep({ view, apply, onNext }: { view: SetupView; apply: SetupActions['applyStarter']; onNext: () => void }) {
  const t = useTranslations('operatorSetup.starter');
  const common = useTranslations('operatorSetup');
  const { pending, run } = useRun();
  const [chains, setChains] = useState(view.starter);
  const hasModels = view.models.length > 0;

  function choose(name: string, model: string) {
    setChains((now) => now.map((chain) => (chain.name === name ? { ...chain, targets: [model, ...chain.targets.filter((one) => one !== model)] } : chain)));
  }

  async function save() {
    if (!hasModels) return onNext();
    const saved = await run(async () => apply({ aliases: chains.filter(({ targets }) => targets.length > 0).map(({ name, targets }) => ({ name, targets })) }), t('done'));
    if (saved !== null) onNext();
  }

  return (
    <section aria-labelledby="starter" className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div>
        <h2 id="starter" className="text-lg font-semibold">
          {t('title')}
        </h2>
        <p className="text-sm text-muted-foreground">{t(hasModels ? 'lead' : 'leadDemo')}</p>
      </div>
      <ul className="grid gap-px overflow-hidden rounded-lg border bg-border">
        {chains.map(({ name, targets }) => (
          <li key={name} className="grid items-center gap-x-4 gap-y-2 bg-surface p-3 sm:grid-cols-[12rem_minmax(0,1fr)]">
            <div>
              <p className="figures text-sm font-medium">{name}</p>
              <p className="text-xs text-muted-foreground">{t(`alias.${name}`)}</p>
            </div>
            {hasModels ? (
              <Field label={t('first', { name })} hint={targets.length > 1 ? t('thenTry', { models: targets.slice(1).join(', ') }) : undefined}>
                <ModelSelect models={view.models} value={targets[0]} onChange={(event) => choose(name, event.target.value)} />
              </Field>
            ) : (
              <p className="text-sm text-muted-foreground">{t('demo')}</p>
            )}
          </li>
        ))}
      </ul>
      <div>
        <h3 className="text-base font-semibold">{t('plans')}</h3>
        <p className="mb-2 text-sm text-muted-foreground">{t('plansLead')}</p>
        <ul className="grid gap-2 sm:grid-cols-3">
          {view.plans.map((plan) => (
            <li key={plan.id} className="rounded-lg border bg-surface p-3">
              <p className="flex items-baseline justify-between gap-2 text-sm font-medium">
                {plan.name}
                <span className="figures">{t('perMonth', { price: moneyShort(plan.monthly) })}</span>
              </p>
              <p className="text-xs text-muted-foreground">{t('planLine', { credit: moneyShort(plan.includedCredit), rpm: plan.rpm ?? '∞', days: plan.logRetentionDays })}</p>
            </li>
          ))}
        </ul>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button onClick={save} pending={pending}>
          {hasModels ? t('use') : common('next')}
        </Button>
        {hasModels && (
          <Button variant="outline" onClick={onNext}>
            {t('keep')}
          </Button>
        )}
      </div>
    </section>
  );
}
