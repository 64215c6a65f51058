import { CircleCheck, Lock, Unplug } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Availability as State } from '@/lib/query/types';

/** Whether a name can be called, and if not what stands in the way and what opens it. */
export function Availability({ state, org, plan }: { state: State; org: string; plan: string }) {
  const t = useTranslations('models.availability');
  if (state.allowed) {
    return (
      <span className="flex items-center gap-1.5 whitespace-nowrap text-success">
        <CircleCheck aria-hidden className="size-4" />
        {t('allowed')}
      </span>
    );
  }
  const locked = state.reason === 'plan_allow' || state.reason === 'plan_deny';
  const Icon = locked ? Lock : Unplug;
  return (
    <span className="flex items-center gap-1.5 text-muted-foreground">
      <Icon aria-hidden className="size-4 shrink-0" />
      <span>
        {t(state.reason, { plan })}
        {state.reason === 'plan_allow' && (
          <>
            {' '}
            <Link href={`/${org}/upgrade`} className="text-primary underline decoration-primary/40 underline-offset-4">
              {t('upgrade')}
            </Link>
          </>
        )}
      </span>
    </span>
  );
}
