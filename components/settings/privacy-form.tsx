'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { toast } from '@/components/ui/toast';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { useAction } from '@/components/patterns/use-action';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Card, CardContent } from '@/components/ui/card';
import { Label } from '@/components/ui/label';
import { RadioGroup, RadioGroupItem } from '@/components/ui/radio-group';
import type { ActionResult } from '@/lib/http/action';
import { BODY_CHOICES, type BodyChoice } from '@/lib/kernel/body-choice';

interface PrivacyFormProps {
  org: string;
  bodies: BodyChoice;
  retentionDays: number;
  kept: number;
  plan: string;
  update: (org: string, input: { bodies: BodyChoice }) => Promise<ActionResult<unknown>>;
  grantedBy: string[] | null;
}

/** What is kept of prompts and answers, and for how long. */
export function PrivacyForm({ org, bodies, retentionDays, kept, plan, update, grantedBy }: PrivacyFormProps) {
  const t = useTranslations('settings.privacy');
  const settings = useTranslations('settings.general');
  const common = useTranslations('common');
  const router = useRouter();
  const action = useAction();
  const id = useId();
  const [chosen, setChosen] = useState(bodies);

  async function change(wanted: BodyChoice) {
    const before = chosen;
    setChosen(wanted);
    const worked = await action.run(() => update(org, { bodies: wanted }));
    if (!worked) return setChosen(before);
    toast.success(common('saved'));
    router.refresh();
  }

  return (
    <div className="grid max-w-2xl gap-4">
      <ProblemAlert problem={action.problem()} />
      {grantedBy && (
        <Alert variant="info">
          <AlertTitle className="font-normal">{settings('readOnly', { who: grantedBy.join(', ') })}</AlertTitle>
        </Alert>
      )}
      <Card>
        <CardContent className="grid gap-5">
          <fieldset>
            <legend className="mb-3 text-sm font-medium">{t('legend')}</legend>
            <RadioGroup value={chosen} onValueChange={(value) => change(value as BodyChoice)} disabled={grantedBy !== null || action.pending} aria-label={t('legend')}>
              {BODY_CHOICES.map((one) => (
                <div key={one} className="flex items-start gap-2.5">
                  <RadioGroupItem id={`${id}-${one}`} value={one} aria-describedby={`${id}-${one}-hint`} className="mt-0.5" />
                  <div>
                    <Label htmlFor={`${id}-${one}`} className="font-normal">
                      {t(`choice.${one}`)}
                    </Label>
                    <p id={`${id}-${one}-hint`} className="max-w-[60ch] text-xs text-muted-foreground">
                      {t(`hint.${one}`)}
                    </p>
                  </div>
                </div>
              ))}
            </RadioGroup>
          </fieldset>
          <dl className="grid gap-3 border-t pt-4 text-base sm:grid-cols-2">
            <div>
              <dt className="text-sm text-muted-foreground">{t('retention')}</dt>
              <dd>
                {t('days', { days: retentionDays })}{' '}
                <Link href={`/${org}/upgrade`} className="text-sm text-primary underline decoration-primary/40 underline-offset-4 hover:decoration-primary">
                  {t('byPlan', { plan })}
                </Link>
              </dd>
            </div>
            <div>
              <dt className="text-sm text-muted-foreground">{t('kept')}</dt>
              <dd className="figures">{t('calls', { count: kept })}</dd>
            </div>
          </dl>
        </CardContent>
      </Card>
      <p className="max-w-[64ch] text-sm text-muted-foreground">{t('note')}</p>
    </div>
  );
}
