import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn';
import { type Step, STEPS } from './setup-actions';

/** Where one is. Steps already done can be gone back to; the first is done once and for all. */
export function Stepper({ current, onGo }: { current: Step; onGo?: (step: Step) => void }) {
  const t = useTranslations('operatorSetup');
  const at = STEPS.indexOf(current);
  return (
    <nav aria-label={t('steps')}>
      <ol className="flex flex-wrap gap-x-5 gap-y-2 border-b pb-4">
        {STEPS.map((step, index) => {
          const isDone = index < at;
          const label = (
            <>
              <span className={cn('figures grid size-6 shrink-0 place-items-center rounded-full border text-xs', isDone && 'border-primary bg-primary text-primary-foreground', index === at && 'border-primary text-primary')}>
                {isDone ? <Check aria-hidden className="size-3.5" /> : index + 1}
              </span>
              {t(`step.${step}`)}
              {isDone && <span className="sr-only">{t('stepDone')}</span>}
            </>
          );
          return (
            <li key={step} aria-current={index === at ? 'step' : undefined} className={cn('text-sm', index === at ? 'font-medium text-foreground' : 'text-muted-foreground')}>
              {onGo && step !== 'owner' && index !== at ? (
                <button type="button" onClick={() => onGo(step)} className="flex min-h-6 items-center gap-2 rounded-sm hover:text-foreground">
                  {label}
                </button>
              ) : (
                <span className="flex min-h-6 items-center gap-2">{label}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
