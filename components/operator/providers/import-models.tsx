'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useRun } from '@/components/operator/use-run';
import { Button } from '@/components/ui/button';
import type { ModelDiff } from '@/lib/services/operator/providers/compare-models';
import type { TestedConnection } from '@/lib/services/operator/providers/test-connection';
import { ModelChecklist } from './model-checklist';
import type { ProviderActions } from './provider-actions';
import { TestResult } from './test-result';

/** What the provider lists beside what is offered of it: new ones to take, and offered ones that it no longer lists. */
export function ImportModels({ provider, actions }: { provider: string; actions: Pick<ProviderActions, 'test' | 'importModels'> }) {
  const t = useTranslations('operatorProviders.import');
  const { pending, run } = useRun();
  const [found, setFound] = useState<{ test: TestedConnection; diff: ModelDiff | null } | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const diff = found?.diff ?? null;

  async function look() {
    const answer = await run(() => actions.test({ provider, credential: null }));
    setFound(answer);
    setChosen(new Set());
  }

  async function take() {
    const answer = await run(() => actions.importModels({ provider, models: [...chosen] }), t('done', { count: chosen.size }));
    if (answer) setFound(null);
  }

  return (
    <div className="grid gap-4">
      <div>
        <Button variant="outline" onClick={look} pending={pending}>
          {t('action')}
        </Button>
      </div>
      {found && !diff && <TestResult result={found.test} />}
      {diff && (
        <>
          <p className="text-sm text-muted-foreground">{t('summary', { fresh: diff.fresh.length, present: diff.present.length, missing: diff.missing.length })}</p>
          {diff.missing.length > 0 && (
            <div className="grid gap-1.5 text-sm">
              <p className="font-medium text-warning">{t('missing')}</p>
              <ul className="figures flex flex-wrap gap-x-4 gap-y-1 text-muted-foreground">
                {diff.missing.map(({ id }) => (
                  <li key={id}>− {id}</li>
                ))}
              </ul>
            </div>
          )}
          {diff.fresh.length > 0 && (
            <>
              <ModelChecklist models={diff.fresh} chosen={chosen} onChange={setChosen} />
              <div>
                <Button onClick={take} disabled={chosen.size === 0} pending={pending}>
                  {t('take', { count: chosen.size })}
                </Button>
              </div>
            </>
          )}
        </>
      )}
    </div>
  );
}
