'use client';

import { CircleAlert, CircleCheck, Info } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import type { SetupCheck } from '@/lib/services/setup/run-checks';

const LOOKS = { ok: { icon: CircleCheck, className: 'text-success' }, note: { icon: Info, className: 'text-info' }, problem: { icon: CircleAlert, className: 'text-danger' } };

/** What is in order, what is only for this machine, and the exact line for the rest. */
export function ChecksStep({ checks, onNext, onAgain }: { checks: SetupCheck[]; onNext: () => void; onAgain: () => void }) {
  const t = useTranslations('operatorSetup');
  return (
    <section aria-labelledby="checks" className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div>
        <h2 id="checks" className="text-lg font-semibold">
          {t('checks.title')}
        </h2>
        <p className="text-sm text-muted-foreground">{t('checks.lead', { open: checks.filter(({ state }) => state !== 'ok').length })}</p>
      </div>
      <ul className="grid gap-px overflow-hidden rounded-lg border bg-border">
        {checks.map(({ id, state, message, values, line }) => {
          const { icon: Icon, className } = LOOKS[state];
          return (
            <li key={id} className="grid min-w-0 gap-2 bg-surface p-3">
              <div className="flex items-start gap-2.5">
                <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${className}`} />
                <div className="min-w-0">
                  <p className="text-sm font-medium">
                    {t(`checks.name.${id}`)} <span className="font-normal text-muted-foreground">{t(`checks.state.${state}`)}</span>
                  </p>
                  <p className="text-sm break-words text-muted-foreground">{t(`checks.${id}.${message}`, values)}</p>
                </div>
              </div>
              {line && <CodeBlock code={line} label={t('checks.line', { name: t(`checks.name.${id}`) })} />}
            </li>
          );
        })}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button onClick={onNext}>{t('next')}</Button>
        <Button variant="outline" onClick={onAgain}>
          {t('checks.again')}
        </Button>
      </div>
    </section>
  );
}
