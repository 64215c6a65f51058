'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from '@/components/ui/toast';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { useAction } from '@/components/patterns/use-action';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Card, CardContent } from '@/components/ui/card';
import { Label } from '@/components/ui/label';
import { Switch } from '@/components/ui/switch';
import type { ActionResult } from '@/lib/http/action';

interface PrivacyFormProps {
  org: string;
  logBodies: boolean;
  retentionDays: number;
  kept: number;
  plan: string;
  update: (org: string, input: { logBodies: boolean }) => Promise<ActionResult<unknown>>;
  grantedBy: string[] | null;
}

/** Whether prompts and answers are kept, and for how long. */
export function PrivacyForm({ org, logBodies, retentionDays, kept, plan, update, grantedBy }: PrivacyFormProps) {
  const t = useTranslations('settings.privacy');
  const settings = useTranslations('settings.general');
  const common = useTranslations('common');
  const router = useRouter();
  const action = useAction();
  const [on, setOn] = useState(logBodies);

  async function change(wanted: boolean) {
    setOn(wanted);
    const worked = await action.run(() => update(org, { logBodies: wanted }));
    if (!worked) return setOn(!wanted);
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
          <div className="flex items-start justify-between gap-4">
            <div>
              <Label htmlFor="privacy-bodies">{settings('logBodies')}</Label>
              <p id="privacy-bodies-hint" className="mt-0.5 max-w-[56ch] text-xs text-muted-foreground">
                {settings('logBodiesHint')}
              </p>
            </div>
            <Switch id="privacy-bodies" aria-describedby="privacy-bodies-hint" disabled={grantedBy !== null || action.pending} checked={on} onCheckedChange={change} />
          </div>
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
