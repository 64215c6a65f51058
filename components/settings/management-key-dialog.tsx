'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { CreatedKey, CreateKey } from '@/components/keys/key-actions';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { SecretReveal } from '@/components/patterns/secret-reveal';
import { useAction } from '@/components/patterns/use-action';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

interface ManagementKeyDialogProps {
  org: string;
  open: boolean;
  create: CreateKey;
  onClose: () => void;
  onCreated: () => void;
}

export function ManagementKeyDialog({ org, open, create, onClose, onCreated }: ManagementKeyDialogProps) {
  const t = useTranslations('settings.api');
  const keys = useTranslations('keys');
  const common = useTranslations('common');
  const action = useAction();
  const [created, setCreated] = useState<CreatedKey | null>(null);

  function close() {
    setCreated(null);
    action.reset();
    onClose();
  }

  return (
    <Dialog open={open} onOpenChange={(wanted) => !wanted && close()}>
      <DialogContent sticky={created !== null}>
        <DialogHeader>
          <DialogTitle>{created ? keys('created.title', { name: created.name }) : t('create')}</DialogTitle>
          <DialogDescription>{created ? keys('created.lead') : t('lead')}</DialogDescription>
        </DialogHeader>
        {created ? (
          <>
            <SecretReveal label={t('secret')} secret={created.key} />
            <DialogFooter>
              <Button onClick={close}>{keys('created.done')}</Button>
            </DialogFooter>
          </>
        ) : (
          <form
            className="grid gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              const name = String(new FormData(event.currentTarget).get('name'));
              void action.run(
                () => create(org, { name, kind: 'management' }),
                (key) => {
                  setCreated(key);
                  onCreated();
                },
              );
            }}
          >
            <ProblemAlert problem={action.problem('name')} />
            <Field label={keys('form.name')} hint={t('nameHint')} error={action.problemOf('name') && keys('form.problems.name')}>
              <Input name="name" required maxLength={80} autoComplete="off" autoFocus />
            </Field>
            <DialogFooter className="mt-1">
              <Button variant="outline" onClick={close}>
                {common('cancel')}
              </Button>
              <Button type="submit" pending={action.pending}>
                {t('create')}
              </Button>
            </DialogFooter>
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}
