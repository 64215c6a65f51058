'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import type { BillingOutcome, PlanPreviewView } from './outcome';
import { PlanPreviewText } from './plan-preview-text';
import { useOutcome } from './use-outcome';

interface PlanButtonProps {
  /** "Upgrade to Pro". */
  label: string;
  isMain: boolean;
  /** Beside other buttons instead of across a card. */
  isInline?: boolean;
  disabled?: boolean;
  /** Asked first when the click itself changes or ends a subscription. */
  question?: { title: string; body: string } | undefined;
  /** Asked while the question stands: what the change costs, as Stripe works it out. */
  preview?: (() => Promise<PlanPreviewView | null>) | undefined;
  action: (prorationDate?: number, when?: 'now') => Promise<BillingOutcome>;
}

/** Chooses a plan: leads to Checkout, or asks and then changes the running subscription. */
export function PlanButton({ label, isMain, isInline, disabled, question, preview, action }: PlanButtonProps) {
  const t = useTranslations('common');
  const words = useTranslations('billingMore.preview');
  const [isAsking, setAsking] = useState(false);
  const [shown, setShown] = useState<PlanPreviewView | null>(null);
  const { run, pending, error } = useOutcome();

  function ask(): void {
    setShown(null);
    setAsking(true);
    void preview?.().then(setShown, () => setShown(null));
  }

  const trouble = error && (
    <p role="alert" className="text-sm text-danger">
      {error}
    </p>
  );
  return (
    <div className={isInline ? 'grid gap-2' : 'grid w-full gap-2'}>
      <Button
        size={isInline ? 'md' : 'lg'}
        variant={isMain ? 'default' : 'outline'}
        className={isInline ? undefined : 'w-full'}
        disabled={disabled}
        pending={pending && !isAsking}
        onClick={() => (question ? ask() : run(() => action()))}
      >
        {label}
      </Button>
      {!isAsking && trouble}
      {question && (
        <Dialog open={isAsking} onOpenChange={setAsking}>
          <DialogContent>
            <DialogHeader>
              <DialogTitle>{question.title}</DialogTitle>
              <DialogDescription>{question.body}</DialogDescription>
            </DialogHeader>
            {shown && <PlanPreviewText preview={shown} />}
            {trouble}
            <DialogFooter>
              <DialogClose asChild>
                <Button variant="outline">{t('cancel')}</Button>
              </DialogClose>
              {shown?.instead && (
                <Button variant="outline" pending={pending} onClick={() => run(() => action(shown.instead?.prorationDate ?? undefined, 'now'), () => setAsking(false))}>
                  {words('instead')}
                </Button>
              )}
              <Button pending={pending} onClick={() => run(() => action(shown?.prorationDate ?? undefined), () => setAsking(false))}>
                {label}
              </Button>
            </DialogFooter>
          </DialogContent>
        </Dialog>
      )}
    </div>
  );
}
