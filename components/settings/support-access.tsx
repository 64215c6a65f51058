'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { Time } from '@/components/patterns/time';
import { useAction } from '@/components/patterns/use-action';
import { Button } from '@/components/ui/button';
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { NativeSelect } from '@/components/ui/native-select';
import { toast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/http/action';

const HOURS = [1, 24, 72, 168] as const;
type Hours = 0 | (typeof HOURS)[number];

interface SupportAccessProps {
  org: string;
  /** Until when the operator may read; null: not now. */
  until: string | null;
  canChange: boolean;
  save: (org: string, input: { hours: Hours }) => Promise<ActionResult<{ until: string | null }>>;
}

/** Opens prompts and answers to the operator for a time, and closes them again. */
export function SupportAccess({ org, until, canChange, save }: SupportAccessProps) {
  const t = useTranslations('settings.support');
  const router = useRouter();
  const action = useAction();
  const [hours, setHours] = useState<(typeof HOURS)[number]>(24);

  async function change(wanted: Hours) {
    if (!(await action.run(() => save(org, { hours: wanted })))) return;
    toast.success(t(wanted === 0 ? 'ended' : 'granted'));
    router.refresh();
  }

  return (
    <Card className="mt-4 max-w-2xl">
      <CardHeader>
        <div>
          <CardTitle>{t('title')}</CardTitle>
          <CardDescription>{t('lead')}</CardDescription>
        </div>
      </CardHeader>
      <CardContent className="grid gap-4">
        <ProblemAlert problem={action.problem()} />
        <p className="text-base">{until === null ? t('closed') : t.rich('open', { until: () => <Time iso={until} format="full" /> })}</p>
        {canChange && (
          <div className="flex flex-wrap items-end gap-2">
            <Field label={t('for')}>
              <NativeSelect value={hours} onChange={(event) => setHours(HOURS.find((one) => String(one) === event.target.value) ?? 24)}>
                {HOURS.map((one) => (
                  <option key={one} value={one}>
                    {t('hours', { hours: one })}
                  </option>
                ))}
              </NativeSelect>
            </Field>
            <Button variant="outline" pending={action.pending} onClick={() => void change(hours)}>
              {t(until === null ? 'grant' : 'extend')}
            </Button>
            {until !== null && (
              <Button variant="outline" pending={action.pending} onClick={() => void change(0)}>
                {t('end')}
              </Button>
            )}
          </div>
        )}
      </CardContent>
    </Card>
  );
}
