'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useRef, useState } from 'react';
import { useActionMessage } from '@/components/patterns/use-action-message';
import type { Lend } from '@/components/playground/types';
import { useCredential } from '@/components/playground/use-credential';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { NativeSelect } from '@/components/ui/native-select';
import { moneyExact } from '@/lib/format/money';
import type { RequestDetailJson } from '@/lib/query/types';
import type { ModelChoice } from '@/lib/services/welcome/model-choice';
import { bodyFor, type Replayed, replayRequest } from './replay-request';

interface ReplayDialogProps {
  org: string;
  request: RequestDetailJson;
  baseUrl: string;
  models: ModelChoice[];
  lend: Lend;
  onClose: () => void;
}

/** Sends the request to another model and opens both side by side. */
export function ReplayDialog({ org, request, baseUrl, models, lend, onClose }: ReplayDialogProps) {
  const t = useTranslations('request.replay');
  const common = useTranslations('common');
  const describe = useActionMessage();
  const router = useRouter();
  const { borrow } = useCredential(org, lend);
  const running = useRef<AbortController>(null);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const others = models.filter(({ id }) => id !== request.requested_model && id !== request.model);

  function close(): void {
    running.current?.abort();
    onClose();
  }

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const model = String(new FormData(event.currentTarget).get('model') ?? '');
    const body = bodyFor(request, model);
    if (!body) return setProblem(t('noBody'));
    const controller = new AbortController();
    running.current = controller;
    setPending(true);
    setProblem(null);
    const credential = await borrow();
    if (!credential.ok) {
      setPending(false);
      return setProblem(describe(credential.error));
    }
    try {
      show(await replayRequest({ baseUrl, surface: request.surface, key: credential.key, body, signal: controller.signal }));
    } catch {
      if (!controller.signal.aborted) setProblem(t('unreachable'));
      setPending(false);
    }
  }

  /** A call that failed is worth comparing as well; one that got no id cannot be. */
  function show({ requestId, error, status }: Replayed): void {
    if (requestId && status !== 401 && status !== 429) return router.push(`/${org}/logs/compare?ids=${request.id},${requestId}`);
    setPending(false);
    setProblem(error ? `${error.code ?? status}: ${error.message}` : String(status));
  }

  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{t('title')}</DialogTitle>
          <DialogDescription>{t('lead', { cost: moneyExact(request.cost_usd) })}</DialogDescription>
        </DialogHeader>
        <form onSubmit={submit} className="grid gap-4">
          {problem && (
            <Alert variant="danger">
              <AlertTitle className="font-normal break-words">{problem}</AlertTitle>
            </Alert>
          )}
          <Field label={t('model')}>
            <NativeSelect name="model" defaultValue={others[0]?.id}>
              {others.map(({ id, note }) => (
                <option key={id} value={id}>
                  {note ? `${id} · ${note}` : id}
                </option>
              ))}
            </NativeSelect>
          </Field>
          <DialogFooter className="mt-1">
            <Button variant="outline" onClick={close}>
              {common('cancel')}
            </Button>
            <Button type="submit" pending={pending}>
              {t('send')}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
