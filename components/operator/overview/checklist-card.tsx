'use client';

import { CircleCheck, CircleDashed } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useRun } from '@/components/operator/use-run';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import type { ActionResult } from '@/lib/http/action';
import type { Checklist, ChecklistStep } from '@/lib/services/setup/checklist';

const WHERE: Record<ChecklistStep, string> = {
  checks: '/setup?step=checks',
  provider: '/setup?step=providers',
  aliases: '/setup?step=starter',
  signup: '/setup?step=signup',
  tenant: '/admin/tenants',
  call: '/welcome',
};

/** What is left of setting up, until it is done or put away. */
export function ChecklistCard({ checklist, dismiss }: { checklist: Checklist; dismiss: () => Promise<ActionResult<void>> }) {
  const t = useTranslations('operatorOverview.checklist');
  const { pending, run } = useRun();
  return (
    <Card className="p-4">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-base font-semibold">{t('title', { done: checklist.filter(({ done }) => done).length, all: checklist.length })}</h2>
        <Button variant="ghost" size="sm" pending={pending} onClick={() => void run(dismiss)}>
          {t('dismiss')}
        </Button>
      </div>
      <ul className="grid gap-1.5 text-sm">
        {checklist.map(({ step, done }) => (
          <li key={step} className="flex items-start gap-2">
            {done ? <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-success" /> : <CircleDashed aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />}
            <span className="sr-only">{t(done ? 'done' : 'open')}</span>
            {done ? (
              <span className="text-muted-foreground">{t(`step.${step}`)}</span>
            ) : (
              <Link href={WHERE[step]} className="rounded-sm underline decoration-border underline-offset-4 hover:decoration-foreground">
                {t(`step.${step}`)}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
