'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { useAction } from '@/components/patterns/use-action';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import type { ModelChoice } from '@/lib/services/welcome/model-choice';
import type { KeyActions, KeyView } from './key-actions';
import { KeyLimitsFields } from './key-limits-fields';
import { ModelPicker } from './model-picker';
import { BUDGET_PERIODS, readKeyForm } from './read-key-form';

interface EditKeyDialogProps {
  org: string;
  view: KeyView;
  models: ModelChoice[];
  update: KeyActions['update'];
  onClose: () => void;
  onSaved: () => void;
}

/** Changes a key's name, models, budget and limits; in force within a second. The key itself stays. */
export function EditKeyDialog({ org, view, models, update, onClose, onSaved }: EditKeyDialogProps) {
  const t = useTranslations('keys');
  const common = useTranslations('common');
  const action = useAction();
  const [picked, setPicked] = useState(view.models);
  const fields = ['name', 'models', 'budgetUsd', 'rpm', 'tpm', 'concurrency', 'expiresAt', 'allowedIps', 'tags'] as const;
  const problem = (field: (typeof fields)[number]) => (action.problemOf(field) === undefined ? undefined : t(`form.problems.${field}`));

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const { expiresAt, ...limits } = readKeyForm(form);
    // A field for date and time knows minutes: an end that nobody touched is not moved by its seconds.
    const kept = expiresAt !== null && view.expiresAt !== null && expiresAt.slice(0, 16) === view.expiresAt.slice(0, 16);
    void action.run(
      () => update(org, { id: view.id, name: String(form.get('name') ?? '').trim(), models: picked, ...limits, ...(kept ? {} : { expiresAt }) }),
      () => {
        onSaved();
        onClose();
      },
    );
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-w-xl">
        <DialogHeader>
          <DialogTitle>{t('edit.title', { name: view.name })}</DialogTitle>
          <DialogDescription>{t('edit.lead', { last4: view.last4 })}</DialogDescription>
        </DialogHeader>
        <form onSubmit={submit} className="grid gap-4">
          <ProblemAlert problem={action.problem(...fields)} />
          <Field label={t('form.name')} error={problem('name')}>
            <Input name="name" required maxLength={80} defaultValue={view.name} autoComplete="off" />
          </Field>
          <ModelPicker models={models} value={picked} onChange={setPicked} error={problem('models')} />
          <div className="grid grid-cols-2 gap-3">
            <Field label={t('form.budget')} note={common('optional')} error={problem('budgetUsd')}>
              <Input
                name="budget"
                inputMode="decimal"
                pattern="\d{1,9}(\.\d{1,9})?"
                placeholder="5.00"
                autoComplete="off"
                className="figures"
                defaultValue={view.budget?.limitUsd.replace(/(\.\d\d\d*?)0+$/, '$1')}
              />
            </Field>
            <Field label={t('form.period')}>
              <NativeSelect name="period" defaultValue={view.budget?.period ?? 'month'}>
                {BUDGET_PERIODS.map((period) => (
                  <option key={period} value={period}>
                    {t(`period.${period}`)}
                  </option>
                ))}
              </NativeSelect>
            </Field>
          </div>
          <KeyLimitsFields view={view} problem={problem} />
          <DialogFooter className="mt-1">
            <Button variant="outline" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" pending={action.pending}>
              {common('save')}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
