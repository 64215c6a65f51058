'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useActionMessage } from '@/components/patterns/use-action-message';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle, DialogTrigger } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { ActionResult } from '@/lib/http/action';

export type CreateCode = (input: { usd: string; maxUses: string; note: string; creditDays?: string | undefined }) => Promise<ActionResult<{ code: string }>>;

/** Makes a redemption code and shows it once. */
export function CreateCodeDialog({ create }: { create: CreateCode }) {
  const t = useTranslations('operatorBilling.codes');
  const describe = useActionMessage();
  const [code, setCode] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setPending(true);
    const days = String(form.get('creditDays') ?? '');
    const result = await create({ usd: String(form.get('usd')), maxUses: String(form.get('maxUses')), note: String(form.get('note')), ...(days && { creditDays: days }) });
    setPending(false);
    if (result.ok) setCode(result.data.code);
    setError(result.ok ? null : describe(result.error));
  }

  return (
    <Dialog onOpenChange={(open) => !open && setCode(null)}>
      <DialogTrigger asChild>
        <Button variant="outline">{t('create')}</Button>
      </DialogTrigger>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{t('create')}</DialogTitle>
          <DialogDescription>{code ? t('once') : t('lead')}</DialogDescription>
        </DialogHeader>
        {code ? (
          <p className="flex flex-wrap items-center gap-3">
            <code className="figures text-base">{code}</code>
            <CopyButton value={code} />
          </p>
        ) : (
          <form onSubmit={send} className="grid gap-4">
            {error && (
              <p role="alert" className="text-sm text-danger">
                {error}
              </p>
            )}
            <Field label={t('amountUsd')}>
              <Input name="usd" inputMode="decimal" required defaultValue="10.00" />
            </Field>
            <Field label={t('maxUses')}>
              <Input name="maxUses" inputMode="numeric" required defaultValue="1" />
            </Field>
            <Field label={t('creditDays')}>
              <Input name="creditDays" inputMode="numeric" />
            </Field>
            <Field label={t('note')}>
              <Input name="note" />
            </Field>
            <DialogFooter>
              <Button type="submit" pending={pending}>
                {t('create')}
              </Button>
            </DialogFooter>
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}
