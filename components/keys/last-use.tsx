'use client';

import { useTranslations } from 'next-intl';
import { Time } from '@/components/patterns/time';
import { Alert, AlertTitle } from '@/components/ui/alert';
import type { KeyView } from './key-actions';

const RECENT_MS = 7 * 86_400_000;

/** Whether the key was used in the last seven days: then something out there depends on it. */
export function isInUse(view: KeyView): boolean {
  return view.lastUsedAt !== null && Date.now() - Date.parse(view.lastUsedAt) < RECENT_MS;
}

/** Says what ending the key would break. */
export function LastUse({ view }: { view: KeyView }) {
  const t = useTranslations('keys');
  if (view.lastUsedAt === null) return <p className="text-sm text-muted-foreground">{t('use.never')}</p>;
  return (
    <Alert variant={isInUse(view) ? 'warning' : 'info'}>
      <AlertTitle className="font-normal">
        {t.rich(view.lastUsedClient ? 'use.lastBy' : 'use.last', {
          client: view.lastUsedClient ?? '',
          time: () => <Time iso={view.lastUsedAt as string} className="font-medium" />,
        })}
      </AlertTitle>
    </Alert>
  );
}
