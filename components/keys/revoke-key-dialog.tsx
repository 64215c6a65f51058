'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useActionMessage } from '@/components/patterns/use-action-message';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import type { KeyActions, KeyView } from './key-actions';
import { LastUse } from './last-use';

interface RevokeKeyDialogProps {
  org: string;
  /** The key to revoke; null closes the dialog. */
  target: KeyView | null;
  revoke: KeyActions['revoke'];
  onClose: () => void;
  onRevoked: () => void;
}

export function RevokeKeyDialog({ org, target, revoke, onClose, onRevoked }: RevokeKeyDialogProps) {
  const t = useTranslations('keys');
  const common = useTranslations('common');
  const describe = useActionMessage();
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  function close() {
    setProblem(null);
    onClose();
  }

  async function submit(key: KeyView) {
    setPending(true);
    const result = await revoke(org, { id: key.id });
    setPending(false);
    if (!result.ok) return setProblem(describe(result.error));
    onRevoked();
    close();
  }

  return (
    <Dialog open={target !== null} onOpenChange={(open) => !open && close()}>
      <DialogContent>
        {target && (
          <>
            <DialogHeader>
              <DialogTitle>{t('revoke.title', { name: target.name })}</DialogTitle>
              <DialogDescription>{t('revoke.lead', { last4: target.last4 })}</DialogDescription>
            </DialogHeader>
            <div className="grid gap-3">
              {problem && (
                <Alert variant="danger">
                  <AlertTitle className="font-normal">{problem}</AlertTitle>
                </Alert>
              )}
              <LastUse view={target} />
            </div>
            <DialogFooter>
              <Button variant="outline" onClick={close}>
                {common('cancel')}
              </Button>
              <Button variant="destructive" pending={pending} onClick={() => submit(target)}>
                {t('revoke.submit')}
              </Button>
            </DialogFooter>
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}
