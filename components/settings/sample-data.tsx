'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from '@/components/ui/toast';
import { useActionMessage } from '@/components/patterns/use-action-message';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card, CardContent, CardTitle } from '@/components/ui/card';
import type { ActionError, ActionResult } from '@/lib/http/action';

interface Progress {
  days: number;
  of: number;
}

interface SampleDataProps {
  slug: string;
  state: Progress | null;
  /** Loads the next days and says how far it is. */
  load: (org: string, input: Record<string, never>) => Promise<ActionResult<Progress>>;
  remove: (org: string, input: Record<string, never>) => Promise<ActionResult<{ removed: number }>>;
}

/** Thirty days to look around in: one click in, with a bar that shows how far it is, one click out. */
export function SampleData({ slug, state, load, remove }: SampleDataProps) {
  const t = useTranslations('settings.sample');
  const describe = useActionMessage();
  const router = useRouter();
  const [progress, setProgress] = useState(state);
  const [pending, setPending] = useState<'load' | 'remove' | null>(null);
  const [error, setError] = useState<ActionError | null>(null);
  const isWhole = progress !== null && progress.days >= progress.of;

  async function loadAll() {
    setPending('load');
    setError(null);
    for (let days = -1; ; ) {
      const result = await load(slug, {});
      if (!result.ok) {
        setError(result.error);
        break;
      }
      setProgress(result.data);
      if (result.data.days >= result.data.of || result.data.days === days) {
        toast.success(t('loaded'));
        break;
      }
      days = result.data.days;
    }
    setPending(null);
    router.refresh();
  }

  async function removeAll() {
    setPending('remove');
    const result = await remove(slug, {});
    setPending(null);
    setError(result.ok ? null : result.error);
    if (!result.ok) return;
    setProgress(null);
    toast.success(t('removed', { count: result.data.removed }));
    router.refresh();
  }

  return (
    <Card className="mt-6 max-w-2xl">
      <CardContent className="grid gap-4">
        {error && (
          <Alert variant="danger">
            <AlertTitle className="font-normal">{describe(error)}</AlertTitle>
          </Alert>
        )}
        <div className="flex flex-wrap items-center justify-between gap-3">
          <div className="min-w-0 max-w-[56ch]">
            <CardTitle>{t('title')}</CardTitle>
            <p className="mt-1 text-sm text-muted-foreground">{progress === null ? t('why') : t('present')}</p>
          </div>
          <div className="flex gap-2">
            {!isWhole && (
              <Button type="button" variant="outline" pending={pending === 'load'} disabled={pending !== null} onClick={loadAll}>
                {t('load')}
              </Button>
            )}
            {progress !== null && (
              <Button type="button" variant="outline" pending={pending === 'remove'} disabled={pending !== null} onClick={removeAll}>
                {t('remove')}
              </Button>
            )}
          </div>
        </div>
        {progress !== null && !isWhole && (
          <div>
            <progress className="h-1.5 w-full accent-primary" value={progress.days} max={progress.of} aria-label={t('title')} />
            <p className="figures mt-1 text-xs text-muted-foreground" role="status">
              {t('progress', { days: progress.days, of: progress.of })}
            </p>
          </div>
        )}
      </CardContent>
    </Card>
  );
}
