'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { PasswordInput } from '@/components/auth/password-input';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { useAction } from '@/components/patterns/use-action';
import { Button } from '@/components/ui/button';
import { Card, CardContent, CardTitle } from '@/components/ui/card';
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import type { ActionResult } from '@/lib/http/action';

interface DeleteAccountProps {
  /** Organizations that have no other member: they close with the account. */
  closing: string[];
  remove: (input: { password: string }) => Promise<ActionResult<null>>;
}

export function DeleteAccount({ closing, remove }: DeleteAccountProps) {
  const t = useTranslations('account.delete');
  const common = useTranslations('common');
  const action = useAction();
  const [open, setOpen] = useState(false);
  return (
    <Card>
      <CardContent className="flex flex-wrap items-center justify-between gap-3">
        <div className="max-w-[56ch]">
          <CardTitle>{t('title')}</CardTitle>
          <p className="mt-1 text-sm text-muted-foreground">{t('hint')}</p>
        </div>
        <Button variant="outline" onClick={() => setOpen(true)}>
          {t('action')}
        </Button>
      </CardContent>
      <Dialog
        open={open}
        onOpenChange={(wanted) => {
          setOpen(wanted);
          action.reset();
        }}
      >
        <DialogContent>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const password = String(new FormData(event.currentTarget).get('password'));
              void action.run(() => remove({ password }));
            }}
          >
            <DialogHeader>
              <DialogTitle>{t('confirm')}</DialogTitle>
              <DialogDescription>{closing.length > 0 ? t('closes', { orgs: closing.join(', ') }) : t('leaves')}</DialogDescription>
            </DialogHeader>
            <div className="grid gap-4">
              <ProblemAlert problem={action.error?.code === 'conflict' ? action.error.message : action.problem('password')} />
              <Field label={t('password')} error={action.problemOf('password')}>
                <PasswordInput name="password" autoComplete="current-password" required maxLength={256} />
              </Field>
            </div>
            <DialogFooter>
              <Button variant="outline" onClick={() => setOpen(false)}>
                {common('cancel')}
              </Button>
              <Button type="submit" variant="destructive" pending={action.pending}>
                {t('action')}
              </Button>
            </DialogFooter>
          </form>
        </DialogContent>
      </Dialog>
    </Card>
  );
}
