import { CircleAlert, Lock, type LucideIcon, SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Skeleton } from '@/components/ui/skeleton';

interface StateProps {
  icon: LucideIcon;
  title: ReactNode;
  children?: ReactNode;
  tone?: 'quiet' | 'danger';
  role?: string;
}

function State({ icon: Icon, title, children, tone = 'quiet', role }: StateProps) {
  return (
    <div role={role} className="grid justify-items-center gap-3 rounded-lg border bg-surface px-4 py-12 text-center">
      <span
        className={
          tone === 'danger'
            ? 'grid size-10 place-items-center rounded-full bg-danger-soft text-danger'
            : 'grid size-10 place-items-center rounded-full bg-surface-muted text-muted-foreground'
        }
      >
        <Icon aria-hidden className="size-5" strokeWidth={1.75} />
      </span>
      <h2 className="text-lg font-semibold">{title}</h2>
      {children}
    </div>
  );
}

/** Keeps the shape of a page with `rows` table rows while it loads. */
export function PageSkeleton({ rows = 8, cards = 0 }: { rows?: number; cards?: number }) {
  const t = useTranslations('common');
  return (
    <div aria-busy="true">
      <span role="status" className="sr-only">
        {t('loading')}
      </span>
      <div className="mb-6 grid gap-2">
        <Skeleton className="h-7 w-40" />
        <Skeleton className="h-5 w-full max-w-96" />
      </div>
      {cards > 0 && (
        <div className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
          {Array.from({ length: cards }, (_, index) => (
            <Skeleton key={index} className="h-24 rounded-lg" />
          ))}
        </div>
      )}
      <div className="overflow-hidden rounded-lg border bg-surface">
        {Array.from({ length: rows }, (_, index) => (
          <div key={index} className="flex h-9 items-center gap-4 border-b px-3 last:border-0">
            <Skeleton className="h-3 w-1/4" />
            <Skeleton className="h-3 w-1/6" />
            <Skeleton className="ml-auto h-3 w-16" />
          </div>
        ))}
      </div>
    </div>
  );
}

interface EmptyStateProps {
  icon: LucideIcon;
  title: ReactNode;
  /** What will be here, and why. */
  why: ReactNode;
  /** The one next step. */
  action?: ReactNode;
  /** A copyable command, in a CodeBlock. */
  children?: ReactNode;
}

/** Nothing yet: says what will be here and gives the one next step. */
export function EmptyState({ icon, title, why, action, children }: EmptyStateProps) {
  return (
    <State icon={icon} title={title}>
      <p className="max-w-[56ch] text-base text-muted-foreground">{why}</p>
      {action}
      {children && <div className="mt-2 w-full max-w-xl text-left">{children}</div>}
    </State>
  );
}

/** There is something, but not under these filters. */
export function NoMatches({ onClear, clear }: { onClear?: () => void; clear?: ReactNode }) {
  const t = useTranslations('common');
  return (
    <State icon={SearchX} title={t('noMatches.title')}>
      <p className="text-base text-muted-foreground">{t('noMatches.body')}</p>
      {clear ??
        (onClear && (
          <Button variant="outline" onClick={onClear}>
            {t('clearFilters')}
          </Button>
        ))}
    </State>
  );
}

interface ErrorStateProps {
  title?: ReactNode;
  detail?: ReactNode;
  requestId?: string | null;
  onRetry?: () => void;
}

export function ErrorState({ title, detail, requestId, onRetry }: ErrorStateProps) {
  const t = useTranslations('common');
  return (
    <State icon={CircleAlert} tone="danger" role="alert" title={title ?? t('error.title')}>
      <p className="max-w-[56ch] text-base text-muted-foreground">{detail ?? t('error.body')}</p>
      {requestId && (
        <p className="flex flex-wrap items-center justify-center gap-2 text-sm text-muted-foreground">
          {t('requestId')} <code className="text-foreground">{requestId}</code>
          <CopyButton value={requestId} iconOnly variant="ghost" />
        </p>
      )}
      {onRetry && (
        <Button variant="outline" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </State>
  );
}

/** Names the missing right and who can grant it. */
export function Forbidden({ need, who }: { need: string; who: string[] }) {
  const t = useTranslations('common');
  return (
    <State icon={Lock} title={t('forbidden.title')}>
      <p className="text-base text-muted-foreground">{t('forbidden.body', { need })}</p>
      {who.length > 0 && <p className="text-base text-muted-foreground">{t('forbidden.who', { who: who.join(', ') })}</p>}
    </State>
  );
}
