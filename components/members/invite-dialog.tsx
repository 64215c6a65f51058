'use client';

import { UserPlus } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { SecretReveal } from '@/components/patterns/secret-reveal';
import { useAction } from '@/components/patterns/use-action';
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle, DialogTrigger } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import type { Role } from '@/lib/auth/role';
import type { SentInvitation } from '@/lib/services/members/invite-member';
import type { Seats } from '@/lib/services/members/member-roles';
import { ROLES } from '@/lib/kernel/roles';
import type { MemberActions } from './member-actions';

interface InviteDialogProps {
  org: string;
  you: { role: Role };
  seats: Seats;
  invite: MemberActions['invite'];
  onSent: () => void;
}

export function InviteDialog({ org, you, seats, invite, onSent }: InviteDialogProps) {
  const t = useTranslations('members');
  const common = useTranslations('common');
  const action = useAction();
  const [open, setOpen] = useState(false);
  const [sent, setSent] = useState<SentInvitation | null>(null);
  const [role, setRole] = useState<Role>('developer');
  const isFull = seats.limit !== null && seats.used >= seats.limit;

  function toggle(wanted: boolean) {
    setOpen(wanted);
    setSent(null);
    action.reset();
  }

  return (
    <Dialog open={open} onOpenChange={toggle}>
      <DialogTrigger asChild>
        <Button>
          <UserPlus aria-hidden />
          {t('invite.open')}
        </Button>
      </DialogTrigger>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{sent ? t('invite.sentTitle') : t('invite.title')}</DialogTitle>
          <DialogDescription>{sent ? t('sentTo', { email: sent.email }) : t('invite.lead')}</DialogDescription>
        </DialogHeader>
        {sent ? (
          <>
            {sent.url && <SecretReveal label={t('link.label')} secret={sent.url} hint={t('link.hint')} />}
            <DialogFooter>
              <Button onClick={() => toggle(false)}>{common('close')}</Button>
            </DialogFooter>
          </>
        ) : (
          <form
            className="grid gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              const email = String(new FormData(event.currentTarget).get('email'));
              void action.run(
                () => invite(org, { email, role }),
                (data) => {
                  setSent(data);
                  onSent();
                },
              );
            }}
          >
            {isFull && (
              <Alert variant="warning">
                <AlertTitle>{t('invite.full', { seats: seats.limit ?? 0 })}</AlertTitle>
                <AlertDescription>
                  <Link href={`/${org}/upgrade`} className="font-medium text-primary underline underline-offset-4">
                    {t('invite.upgrade')}
                  </Link>
                </AlertDescription>
              </Alert>
            )}
            <ProblemAlert problem={isFull ? null : action.problem('email', 'role')} />
            <Field label={t('column.email')} error={action.error?.code === 'conflict' ? t('invite.isMember') : action.problemOf('email') && t('invite.badEmail')}>
              <Input name="email" type="email" required maxLength={254} autoComplete="off" autoFocus />
            </Field>
            <Field label={t('column.role')} hint={t(`roleHint.${role}`)}>
              <NativeSelect name="role" value={role} onChange={(event) => setRole(event.target.value as Role)}>
                {ROLES.filter((each) => each !== 'owner' || you.role === 'owner').map((each) => (
                  <option key={each} value={each}>
                    {t(`role.${each}`)}
                  </option>
                ))}
              </NativeSelect>
            </Field>
            <DialogFooter className="mt-1">
              <Button variant="outline" onClick={() => toggle(false)}>
                {common('cancel')}
              </Button>
              <Button type="submit" pending={action.pending} disabled={isFull}>
                {t('invite.submit')}
              </Button>
            </DialogFooter>
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}
