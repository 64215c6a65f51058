'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import type { ActionResult } from '@/lib/http/action';
import { ProblemAlert } from './problem-alert';
import { useAction } from './use-action';

interface ConfirmDialogProps {
  open: boolean;
  title: ReactNode;
  /** What the act breaks. */
  lead: ReactNode;
  confirm: string;
  act: () => Promise<ActionResult<unknown>>;
  onClose: () => void;
  onDone: () => void;
}

/** Asks before an act that cannot be undone. */
export function ConfirmDialog({ open, title, lead, confirm, act, onClose, onDone }: ConfirmDialogProps) {
  const common = useTranslations('common');
  const action = useAction();

  function close() {
    action.reset();
    onClose();
  }

  async function submit() {
    if (await action.run(act)) {
      onDone();
      close();
    }
  }

  return (
    <Dialog open={open} onOpenChange={(wanted) => !wanted && close()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{title}</DialogTitle>
          <DialogDescription>{lead}</DialogDescription>
        </DialogHeader>
        <ProblemAlert problem={action.problem()} />
        <DialogFooter>
          <Button variant="outline" onClick={close}>
            {common('cancel')}
          </Button>
          <Button variant="destructive" pending={action.pending} onClick={submit}>
            {confirm}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
