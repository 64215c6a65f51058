'use client';

import { useTranslations } from 'next-intl';
import { QRCodeSVG } from 'qrcode.react';
import { type FormEvent, useState } from 'react';
import { PasswordInput } from '@/components/auth/password-input';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { SecretReveal } from '@/components/patterns/secret-reveal';
import { useAction } from '@/components/patterns/use-action';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/http/action';

export interface TwoFactorActions {
  start: (input: { password: string }) => Promise<ActionResult<{ secret: string; uri: string }>>;
  confirm: (input: { code: string }) => Promise<ActionResult<{ recoveryCodes: string[] }>>;
  renew: (input: { password: string }) => Promise<ActionResult<{ recoveryCodes: string[] }>>;
  turnOff: (input: { password: string }) => Promise<ActionResult<null>>;
}

export type TwoFactorTask = 'on' | 'off' | 'renew';

type Step = { at: 'password' } | { at: 'scan'; secret: string; uri: string } | { at: 'codes'; codes: string[] };

interface TwoFactorDialogProps {
  task: TwoFactorTask;
  actions: TwoFactorActions;
  onClose: () => void;
}

/** Every change of the second factor: the password first, then what the task asks for. */
export function TwoFactorDialog({ task, actions, onClose }: TwoFactorDialogProps) {
  const t = useTranslations('account.twoFactor');
  const common = useTranslations('common');
  const action = useAction();
  const [step, setStep] = useState<Step>({ at: 'password' });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = (name: string) => String(new FormData(event.currentTarget).get(name) ?? '');
    const showCodes = ({ recoveryCodes }: { recoveryCodes: string[] }) => setStep({ at: 'codes', codes: recoveryCodes });
    if (step.at === 'scan') return void action.run(() => actions.confirm({ code: typed('code') }), showCodes);
    const input = { password: typed('password') };
    if (task === 'on')
      return void action.run(
        () => actions.start(input),
        (made) => setStep({ at: 'scan', ...made }),
      );
    if (task === 'renew') return void action.run(() => actions.renew(input), showCodes);
    void action.run(
      () => actions.turnOff(input),
      () => {
        toast.success(t('turnedOff'));
        onClose();
      },
    );
  }

  const close = () => (step.at === 'codes' ? undefined : onClose());
  return (
    <Dialog open onOpenChange={(wanted) => !wanted && close()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{t(step.at === 'codes' ? 'codesTitle' : `task.${task}`)}</DialogTitle>
          <DialogDescription>{t(step.at === 'password' ? `taskLead.${task}` : `${step.at}Lead`)}</DialogDescription>
        </DialogHeader>
        {step.at === 'codes' ? (
          <>
            <ul aria-label={t('codesTitle')} className="figures grid gap-1 rounded-lg border bg-surface-muted p-3 text-sm sm:grid-cols-2">
              {step.codes.map((code) => (
                <li key={code}>{code}</li>
              ))}
            </ul>
            <DialogFooter>
              <CopyButton value={step.codes.join('\n')} />
              <Button variant="outline" asChild>
                <a href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${step.codes.join('\n')}\n`)}`} download="fairlead-recovery-codes.txt">
                  {t('download')}
                </a>
              </Button>
              <Button onClick={onClose}>{t('kept')}</Button>
            </DialogFooter>
          </>
        ) : (
          <form className="grid gap-4" onSubmit={submit}>
            <ProblemAlert problem={action.problem('password', 'code')} />
            {step.at === 'password' ? (
              <Field key="password" label={t('password')} error={action.problemOf('password') && t('wrongPassword')}>
                <PasswordInput name="password" autoComplete="current-password" required maxLength={256} autoFocus />
              </Field>
            ) : (
              <>
                <div className="justify-self-center rounded-lg border bg-white p-3">
                  <QRCodeSVG value={step.uri} size={176} role="img" aria-label={t('qr')} />
                </div>
                <SecretReveal secret={step.secret} label={t('secret')} hint={t('secretHint')} />
                <Field key="code" label={t('code')} error={action.problemOf('code') && t('wrongCode')}>
                  <Input name="code" inputMode="numeric" autoComplete="one-time-code" required maxLength={7} className="figures" />
                </Field>
              </>
            )}
            <DialogFooter>
              <Button variant="outline" onClick={onClose}>
                {common('cancel')}
              </Button>
              <Button type="submit" variant={task === 'off' ? 'destructive' : 'default'} pending={action.pending}>
                {t(step.at === 'scan' ? 'confirm' : `submit.${task}`)}
              </Button>
            </DialogFooter>
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}
