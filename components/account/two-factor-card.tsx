'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Time } from '@/components/patterns/time';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardContent, CardFooter, CardHeader, CardTitle } from '@/components/ui/card';
import type { TwoFactorState } from '@/lib/services/accounts/two-factor/state';
import type { TwoFactorActions, TwoFactorTask } from './two-factor-dialog';

const TwoFactorDialog = dynamic(() => import('./two-factor-dialog').then((module) => module.TwoFactorDialog));

/** The second factor of one's sign-in: on, off, and the codes for its loss. */
export function TwoFactorCard({ state, actions }: { state: TwoFactorState; actions: TwoFactorActions }) {
  const t = useTranslations('account.twoFactor');
  const router = useRouter();
  const [task, setTask] = useState<TwoFactorTask | null>(null);
  const isOn = state.since !== null;
  return (
    <Card>
      <CardHeader>
        <CardTitle className="flex items-center gap-2">
          {t('title')}
          <Badge variant={isOn ? 'success' : 'default'}>{t(isOn ? 'on' : 'off')}</Badge>
        </CardTitle>
      </CardHeader>
      <CardContent className="grid gap-1 text-sm">
        <p className="max-w-[64ch]">{t('lead')}</p>
        {state.since && (
          <p className="text-muted-foreground">
            {t.rich('since', { time: () => <Time iso={state.since as string} /> })} {t('left', { count: state.recoveryCodesLeft })}
          </p>
        )}
      </CardContent>
      <CardFooter className="flex-wrap justify-end gap-2">
        {isOn ? (
          <>
            <Button variant="outline" onClick={() => setTask('renew')}>
              {t('renew')}
            </Button>
            <Button variant="outline" onClick={() => setTask('off')}>
              {t('turnOff')}
            </Button>
          </>
        ) : (
          <Button onClick={() => setTask('on')}>{t('turnOn')}</Button>
        )}
      </CardFooter>
      {task && (
        <TwoFactorDialog
          task={task}
          actions={actions}
          onClose={() => {
            setTask(null);
            router.refresh();
          }}
        />
      )}
    </Card>
  );
}
