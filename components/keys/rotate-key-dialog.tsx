'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useActionMessage } from '@/components/patterns/use-action-message';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import { Label } from '@/components/ui/label';
import { RadioGroup, RadioGroupItem } from '@/components/ui/radio-group';
import type { CreatedKey, KeyActions, KeyView } from './key-actions';
import { KeyCreated } from './key-created';
import { LastUse } from './last-use';

const GRACES = [
  { seconds: 0, name: 'none' },
  { seconds: 3_600, name: 'hour' },
  { seconds: 86_400, name: 'day' },
  { seconds: 604_800, name: 'week' },
] as const;

interface RotateKeyDialogProps {
  org: string;
  /** The key to rotate; null closes the dialog. */
  target: KeyView | null;
  rotate: KeyActions['rotate'];
  baseUrl: string;
  model: string;
  onClose: () => void;
  onRotated: () => void;
}

/** A new key now, and a choice of how long the old one goes on working. */
export function RotateKeyDialog({ org, target, rotate, baseUrl, model, onClose, onRotated }: RotateKeyDialogProps) {
  const t = useTranslations('keys');
  const common = useTranslations('common');
  const describe = useActionMessage();
  const [grace, setGrace] = useState('86400');
  const [created, setCreated] = useState<CreatedKey | null>(null);
  const [isCopied, setCopied] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  function close() {
    setCreated(null);
    setCopied(false);
    setProblem(null);
    onClose();
  }

  async function submit(key: KeyView) {
    setPending(true);
    const result = await rotate(org, { id: key.id, graceSeconds: Number(grace) });
    setPending(false);
    if (!result.ok) return setProblem(describe(result.error));
    setCreated(result.data);
    onRotated();
  }

  return (
    <Dialog open={target !== null} onOpenChange={(open) => !open && close()}>
      <DialogContent sticky={created !== null} className="max-w-xl" onEscapeKeyDown={(event) => created && !isCopied && event.preventDefault()}>
        {created ? (
          <KeyCreated
            apiKey={created.key}
            name={created.name}
            baseUrl={baseUrl}
            model={created.models?.[0] ?? model}
            onCopied={() => setCopied(true)}
            onDone={close}
          />
        ) : (
          target && (
            <>
              <DialogHeader>
                <DialogTitle>{t('rotate.title', { name: target.name })}</DialogTitle>
                <DialogDescription>{t('rotate.lead', { last4: target.last4 })}</DialogDescription>
              </DialogHeader>
              <div className="grid gap-4">
                {problem && (
                  <Alert variant="danger">
                    <AlertTitle className="font-normal">{problem}</AlertTitle>
                  </Alert>
                )}
                <fieldset>
                  <legend className="mb-2 text-sm font-medium">{t('rotate.grace')}</legend>
                  <RadioGroup value={grace} onValueChange={setGrace} className="grid grid-cols-2 gap-2 sm:grid-cols-4">
                    {GRACES.map(({ seconds, name }) => (
                      <Label
                        key={name}
                        className="flex h-10 items-center gap-2 rounded-md border px-3 font-normal has-checked:border-primary has-checked:bg-primary-soft"
                      >
                        <RadioGroupItem value={String(seconds)} />
                        {t(`rotate.${name}`)}
                      </Label>
                    ))}
                  </RadioGroup>
                </fieldset>
                <LastUse view={target} />
              </div>
              <DialogFooter>
                <Button variant="outline" onClick={close}>
                  {common('cancel')}
                </Button>
                <Button pending={pending} onClick={() => submit(target)}>
                  {t('rotate.submit')}
                </Button>
              </DialogFooter>
            </>
          )
        )}
      </DialogContent>
    </Dialog>
  );
}
