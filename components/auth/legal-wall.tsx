'use client';

import { useTranslations } from 'next-intl';
import { useAction } from '@/components/patterns/use-action';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import type { ActionResult } from '@/lib/http/action';
import type { LegalTexts } from '@/lib/services/accounts/legal-acceptance';
import { LegalField } from './legal-field';

interface LegalWallProps {
  texts: LegalTexts;
  accept: (input: { version: string }) => Promise<ActionResult<null>>;
  signOut: () => Promise<void>;
}

/** Stands in place of the console until the texts in force are accepted; API keys are not asked. */
export function LegalWall({ texts, accept, signOut }: LegalWallProps) {
  const t = useTranslations('auth.wall');
  const action = useAction();
  const problem = action.problem('legal');
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">{t('title')}</h1>
      <p className="mt-3 text-muted-foreground">{t('lead', { version: texts.version })}</p>
      <form
        className="mt-8 grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run(() => accept({ version: texts.version }));
        }}
      >
        {problem && (
          <Alert variant="danger">
            <AlertTitle className="font-normal">{problem}</AlertTitle>
          </Alert>
        )}
        <LegalField texts={texts} state={action.problemOf('legal') ? { problem: { field: 'legal', key: 'legalChanged' } } : {}} />
        <Button type="submit" size="lg" pending={action.pending}>
          {t('accept')}
        </Button>
      </form>
      <form action={signOut} className="mt-4">
        <Button type="submit" variant="ghost" className="w-full">
          {t('signOut')}
        </Button>
      </form>
    </>
  );
}
