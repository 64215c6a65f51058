'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import type { BudgetView } from '@/lib/services/budgets/budget-view';
import type { ScopeChoices } from '@/lib/services/budgets/list-scope-choices';
import type { BudgetActions } from './budget-actions';

/** Loaded with the first opening. */
const BudgetForm = dynamic(() => import('./budget-form').then((module) => module.BudgetForm), {
  ssr: false,
  loading: () => <Skeleton className="h-64" />,
});

interface BudgetDialogProps {
  org: string;
  target: BudgetView | 'new' | null;
  choices: ScopeChoices;
  actions: BudgetActions;
  onClose: () => void;
  onSaved: () => void;
}

export function BudgetDialog({ org, target, choices, actions, onClose, onSaved }: BudgetDialogProps) {
  const t = useTranslations('budgets');
  return (
    <Dialog open={target !== null} onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-w-xl">
        {target && (
          <>
            <DialogHeader>
              <DialogTitle>{target === 'new' ? t('form.title') : t('edit.title')}</DialogTitle>
              <DialogDescription>{target === 'new' ? t('form.lead') : t('edit.lead')}</DialogDescription>
            </DialogHeader>
            <BudgetForm
              org={org}
              budget={target === 'new' ? null : target}
              choices={choices}
              actions={actions}
              onCancel={onClose}
              onSaved={() => {
                onSaved();
                onClose();
              }}
            />
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}
