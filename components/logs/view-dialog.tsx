'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { useAction } from '@/components/patterns/use-action';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog, DialogContent, DialogFooter, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import type { ActionResult } from '@/lib/http/action';

interface ViewDialogProps {
  mayShare: boolean;
  save: (name: string) => void;
  share: (name: string) => Promise<ActionResult<unknown>>;
  onClose: () => void;
}

/** Names the filters that are set, for this browser or for everybody in the organization. */
export function ViewDialog({ mayShare, save, share, onClose }: ViewDialogProps) {
  const t = useTranslations('logs.views');
  const id = useId();
  const action = useAction();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  return (
    <Dialog open onOpenChange={(wanted) => !wanted && onClose()}>
      <DialogContent>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            const named = name.trim();
            if (named === '') return;
            if (shared) return void action.run(() => share(named), onClose);
            save(named);
            onClose();
          }}
        >
          <DialogHeader>
            <DialogTitle>{t('save')}</DialogTitle>
          </DialogHeader>
          <ProblemAlert problem={action.problem()} />
          <div className="grid gap-1.5">
            <Label htmlFor={id}>{t('name')}</Label>
            <Input id={id} value={name} maxLength={60} autoFocus onChange={({ target }) => setName(target.value)} />
            <p className="text-xs text-muted-foreground">{t('hint')}</p>
          </div>
          {mayShare && (
            <div className="flex items-start gap-2.5">
              <Checkbox id={`${id}-shared`} checked={shared} onCheckedChange={(checked) => setShared(checked === true)} className="mt-0.5" />
              <div>
                <Label htmlFor={`${id}-shared`} className="font-normal">
                  {t('share')}
                </Label>
                <p className="text-xs text-muted-foreground">{t('shareHint')}</p>
              </div>
            </div>
          )}
          <DialogFooter>
            <Button type="submit" pending={action.pending}>
              {t('save')}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
