'use client';

import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn';
import type { UsageView } from '@/lib/query/usage-view';

type Answered = Pick<UsageView, 'tab' | 'group' | 'show'>;

/** What people ask about a bill, and the view of this page that answers it. */
const QUESTIONS = {
  spenders: { tab: 'cost', group: 'member', show: null },
  features: { tab: 'cost', group: 'tag', show: null },
  overused: { tab: 'requests', group: 'model', show: null },
  retries: { tab: 'errors', group: 'model', show: 'retries' },
  providers: { tab: 'cost', group: 'provider', show: null },
  simple: { tab: 'cost', group: 'model', show: 'simple' },
} as const satisfies Record<string, Answered>;

/** Six questions, each answered by one press. */
export function Questions({ view, onAsk }: { view: UsageView; onAsk: (answer: Answered) => void }) {
  const t = useTranslations('usage.questions');
  return (
    <div role="group" aria-label={t('label')} className="flex flex-wrap items-center gap-1.5">
      {(Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[]).map((name) => {
        const answer = QUESTIONS[name];
        const isOn = view.tab === answer.tab && view.group === answer.group && view.show === answer.show;
        return (
          <button
            key={name}
            type="button"
            aria-pressed={isOn}
            onClick={() => onAsk(answer)}
            className={cn(
              'min-h-7 rounded-full border px-3 text-sm transition-colors',
              isOn ? 'border-primary bg-primary-soft text-primary' : 'text-muted-foreground hover:border-border-strong hover:text-foreground',
            )}
          >
            {t(name)}
          </button>
        );
      })}
    </div>
  );
}
