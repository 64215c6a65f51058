'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { SecretReveal } from '@/components/patterns/secret-reveal';
import { useAction } from '@/components/patterns/use-action';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { CHANNEL_KINDS, type CreateChannel } from './alert-actions';

interface ChannelDialogProps {
  org: string;
  open: boolean;
  email: string;
  create: CreateChannel;
  /** Set where only one kind makes sense. */
  only?: 'webhook';
  onClose: () => void;
  onCreated: () => void;
}

export function ChannelDialog({ org, open, email, create, only, onClose, onCreated }: ChannelDialogProps) {
  const t = useTranslations('alerts');
  const common = useTranslations('common');
  const locale = useLocale();
  const action = useAction();
  const [kind, setKind] = useState<(typeof CHANNEL_KINDS)[number]>(only ?? 'email');
  const [secret, setSecret] = useState<string | null>(null);

  function close() {
    setSecret(null);
    action.reset();
    onClose();
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void action.run(
      () => create(org, { kind, name: String(form.get('name')), target: String(form.get('target')), locale }),
      (made) => {
        onCreated();
        if (made.secret) setSecret(made.secret);
        else close();
      },
    );
  }

  return (
    <Dialog open={open} onOpenChange={(wanted) => !wanted && close()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{secret ? t('channel.made') : t('channel.add')}</DialogTitle>
          <DialogDescription>{secret ? t('channel.madeLead') : t('channel.lead')}</DialogDescription>
        </DialogHeader>
        {secret ? (
          <>
            <SecretReveal label={t('secret.label')} secret={secret} hint={t('secret.hint')} />
            <DialogFooter>
              <Button onClick={close}>{common('close')}</Button>
            </DialogFooter>
          </>
        ) : (
          <form onSubmit={submit} className="grid gap-4">
            <ProblemAlert problem={action.problem('name', 'target')} />
            {!only && (
              <Field label={t('column.kind')}>
                <NativeSelect value={kind} onChange={(event) => setKind(event.target.value as typeof kind)}>
                  {CHANNEL_KINDS.map((each) => (
                    <option key={each} value={each}>
                      {t(`kind.${each}`)}
                    </option>
                  ))}
                </NativeSelect>
              </Field>
            )}
            <Field label={t('channel.name')} error={action.problemOf('name')}>
              <Input name="name" required maxLength={80} autoComplete="off" placeholder={t('channel.namePlaceholder')} />
            </Field>
            <Field
              key={kind}
              label={kind === 'email' ? t('channel.address') : t('channel.url')}
              hint={t(`targetHint.${kind}`)}
              error={action.problemOf('target') && t(`targetProblem.${kind === 'email' ? 'email' : 'url'}`)}
            >
              <Input
                name="target"
                required
                type={kind === 'email' ? 'email' : 'url'}
                maxLength={2_000}
                autoComplete="off"
                defaultValue={kind === 'email' ? email : ''}
                placeholder={kind === 'email' ? undefined : 'https://'}
              />
            </Field>
            <DialogFooter className="mt-1">
              <Button variant="outline" onClick={close}>
                {common('cancel')}
              </Button>
              <Button type="submit" pending={action.pending}>
                {t('channel.submit')}
              </Button>
            </DialogFooter>
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}
