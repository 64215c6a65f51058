'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { toast } from '@/components/ui/toast';
import { ConnectProvider } from '@/components/operator/providers/connect-provider';
import { ProviderMark } from '@/components/patterns/provider-mark';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import type { SetupView } from '@/lib/services/setup/read-setup';
import { ChecksStep } from './checks-step';
import { type SetupActions, type Step, STEPS } from './setup-actions';
import { SignupStep } from './signup-step';
import { StarterStep } from './starter-step';
import { Stepper } from './stepper';

/** The steps after the owner's. Each can be skipped and come back to; the demo answers calls from the first minute. */
export function SetupWizard({ view, actions }: { view: SetupView; actions: SetupActions }) {
  const t = useTranslations('operatorSetup');
  const router = useRouter();
  const [step, setStep] = useQueryState('step', parseAsStringLiteral(STEPS.slice(1)).withDefault('checks').withOptions({ history: 'push' }));
  const next = () => setStep(STEPS[STEPS.indexOf(step as Step) + 1] ?? 'done');
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <Stepper current={step} onGo={(wanted) => setStep(wanted)} />
      {step === 'checks' && <ChecksStep checks={view.checks} onNext={next} onAgain={() => router.refresh()} />}
      {step === 'providers' && (
        <section aria-labelledby="providers" className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <div>
            <h2 id="providers" className="text-lg font-semibold">
              {t('providers.title')}
            </h2>
            <p className="text-sm text-muted-foreground">{t('providers.lead')}</p>
          </div>
          {view.providers.length > 0 && (
            <ul aria-label={t('providers.added')} className="flex flex-wrap gap-2">
              {view.providers.map((provider) => (
                <li key={provider.id} className="inline-flex items-center gap-2 rounded-md border bg-surface px-2.5 py-1.5 text-sm">
                  <ProviderMark adapter={provider.adapter} />
                  {provider.label}
                  <span className="text-muted-foreground">{t('providers.models', { count: provider.models })}</span>
                </li>
              ))}
            </ul>
          )}
          <ConnectProvider
            // A provider that was added leaves a form for the next one.
            key={view.providers.length}
            gallery={view.gallery}
            test={actions.test}
            add={actions.add}
            onAdded={({ models }) => {
              toast.success(t('providers.done', { count: models.length }));
              router.refresh();
            }}
          />
          <div className="border-t pt-4">
            <Button variant={view.providers.length > 0 ? 'default' : 'outline'} onClick={next}>
              {view.providers.length > 0 ? t('next') : t('providers.skip')}
            </Button>
          </div>
        </section>
      )}
      {step === 'starter' && <StarterStep view={view} apply={actions.applyStarter} onNext={next} />}
      {step === 'signup' && <SignupStep signup={view.signup} save={actions.saveSignup} onNext={next} />}
      {step === 'done' && (
        <section aria-labelledby="done" className="grid gap-4">
          <div>
            <h2 id="done" className="text-lg font-semibold">
              {t('done.title')}
            </h2>
            <p className="text-sm text-muted-foreground">{t('done.lead')}</p>
          </div>
          <CodeBlock label={t('done.base')} title={t('done.base')} code={`${view.appUrl}/v1`} />
          <div className="flex flex-wrap gap-2">
            <Button asChild>
              <Link href="/welcome">{t('done.firstCall')}</Link>
            </Button>
            <Button variant="outline" asChild>
              <Link href="/admin">{t('done.admin')}</Link>
            </Button>
          </div>
        </section>
      )}
    </div>
  );
}
