import { ArrowRight, Circle, CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import type { Checklist } from '@/lib/query/types';

const STEPS = ['key', 'first_call', 'real_model', 'limit'] as const;

/** What a new organization has done and what comes next. The next step is the one that stands out. */
export function ChecklistCard({ org, checklist }: { org: string; checklist: Checklist }) {
  const t = useTranslations('overview.checklist');
  const links: Record<(typeof STEPS)[number], string> = {
    key: `/${org}/keys`,
    first_call: '/welcome',
    real_model: `/${org}/models`,
    limit: `/${org}/keys`,
  };
  const next = STEPS.find((step) => !checklist[step]);
  const done = STEPS.filter((step) => checklist[step]).length;
  if (!next) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <span className="figures text-sm text-muted-foreground">{t('done', { done, all: STEPS.length })}</span>
      </CardHeader>
      <CardContent className="p-2">
        <ol>
          {STEPS.map((step) => (
            <li key={step}>
              <Link
                href={links[step]}
                className={cn('flex items-center gap-3 rounded-md px-2 py-2 hover:bg-surface-muted', step === next && 'bg-primary-soft hover:bg-primary-soft')}
              >
                {checklist[step] ? (
                  <CircleCheck aria-label={t('isDone')} className="size-4 shrink-0 text-success" />
                ) : (
                  <Circle aria-label={t('isOpen')} className="size-4 shrink-0 text-muted-foreground" />
                )}
                <span className={cn('min-w-0 flex-1', checklist[step] && 'text-muted-foreground')}>{t(`steps.${step}`)}</span>
                {step === next && <ArrowRight aria-hidden className="size-4 shrink-0 text-primary" />}
              </Link>
            </li>
          ))}
        </ol>
      </CardContent>
    </Card>
  );
}
