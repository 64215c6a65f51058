'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Time } from '@/components/patterns/time';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { useAction } from '@/components/patterns/use-action';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardContent, CardFooter, CardHeader, CardTitle } from '@/components/ui/card';
import type { ActionResult } from '@/lib/http/action';
import type { SessionView } from '@/lib/services/accounts/own-sessions';
import { describeClient } from '@/lib/format/describe-client';

interface SessionsCardProps {
  sessions: SessionView[];
  end: (input: { id: string }) => Promise<ActionResult<null>>;
  signOutEverywhere: () => Promise<void>;
}

/** The browsers one is signed in with, each with a way to end it. */
export function SessionsCard({ sessions, end, signOutEverywhere }: SessionsCardProps) {
  const t = useTranslations('account.sessions');
  const settings = useTranslations('settings.security');
  const router = useRouter();
  const action = useAction();
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-3">
        <ProblemAlert problem={action.problem()} />
        <ul aria-label={t('title')} className="divide-y">
          {sessions.map((session) => {
            const client = describeClient(session.client) ?? t('unknownClient');
            return (
              <li key={session.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5 first:pt-0 last:pb-0">
                <div className="min-w-0">
                  <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
                    {client}
                    {session.isThis && <Badge variant="primary">{t('this')}</Badge>}
                  </p>
                  <p className="text-xs text-muted-foreground">
                    {session.address && <span className="figures">{session.address} · </span>}
                    {t.rich('seen', { time: () => <Time iso={session.seenAt} /> })}
                  </p>
                </div>
                {!session.isThis && (
                  <Button
                    variant="outline"
                    size="sm"
                    aria-label={t('endNamed', { client })}
                    disabled={action.pending}
                    onClick={() => action.run(() => end({ id: session.id }), () => router.refresh())}
                  >
                    {t('end')}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      </CardContent>
      <CardFooter className="justify-between">
        <p className="text-xs text-muted-foreground">{settings('sessionsHint')}</p>
        <form action={signOutEverywhere}>
          <Button type="submit" variant="outline">
            {settings('everywhere')}
          </Button>
        </form>
      </CardFooter>
    </Card>
  );
}
