'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useActionMessage } from '@/components/patterns/use-action-message';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import type { ActionError } from '@/lib/http/action';
import type { ModelChoice } from '@/lib/services/welcome/model-choice';
import type { CreatedKey, CreateKey } from './key-actions';
import { KeyLimitsFields } from './key-limits-fields';
import { ModelPicker } from './model-picker';
import { BUDGET_PERIODS, readKeyForm } from './read-key-form';

const FIELDS = ['name', 'models', 'budgetUsd', 'rpm', 'tpm', 'concurrency', 'expiresAt', 'allowedIps', 'tags'] as const;

interface CreateKeyFormProps {
  org: string;
  models: ModelChoice[];
  create: CreateKey;
  suggestedName?: string;
  onCreated: (key: CreatedKey) => void;
  onCancel: () => void;
}

export function CreateKeyForm({ org, models, create, suggestedName, onCreated, onCancel }: CreateKeyFormProps) {
  const t = useTranslations('keys');
  const common = useTranslations('common');
  const describe = useActionMessage();
  const [picked, setPicked] = useState<string[] | null>(null);
  const [error, setError] = useState<ActionError | null>(null);
  const [pending, setPending] = useState(false);
  const problem = (field: (typeof FIELDS)[number]) => (error?.param?.split('.')[0] === field ? t(`form.problems.${field}`) : undefined);
  const hasPlace = FIELDS.some((field) => problem(field) !== undefined);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setPending(true);
    const result = await create(org, {
      name: String(form.get('name') ?? '').trim(),
      models: picked,
      ...readKeyForm(form),
    });
    setPending(false);
    if (result.ok) onCreated(result.data);
    else setError(result.error);
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      {error && !hasPlace && (
        <Alert variant="danger">
          <AlertTitle className="font-normal">{describe(error)}</AlertTitle>
        </Alert>
      )}
      <Field label={t('form.name')} hint={t('form.nameHint')} error={problem('name')}>
        <Input name="name" required maxLength={80} defaultValue={suggestedName} autoComplete="off" autoFocus />
      </Field>
      <ModelPicker models={models} value={picked} onChange={setPicked} error={problem('models')} />
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('form.budget')} note={common('optional')} error={problem('budgetUsd')}>
          <Input name="budget" inputMode="decimal" pattern="\d{1,9}(\.\d{1,9})?" placeholder="5.00" autoComplete="off" className="figures" />
        </Field>
        <Field label={t('form.period')}>
          <NativeSelect name="period" defaultValue="month">
            {BUDGET_PERIODS.map((period) => (
              <option key={period} value={period}>
                {t(`period.${period}`)}
              </option>
            ))}
          </NativeSelect>
        </Field>
      </div>
      <details className="group rounded-lg border">
        <summary className="flex h-9 list-none items-center gap-2 rounded-lg px-3 text-sm font-medium [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-4 text-muted-foreground transition-transform group-open:rotate-90" />
          {t('form.advanced')}
        </summary>
        <div className="border-t p-3">
          <KeyLimitsFields view={null} problem={problem} />
        </div>
      </details>
      <DialogFooter className="mt-1">
        <Button variant="outline" onClick={onCancel}>
          {common('cancel')}
        </Button>
        <Button type="submit" pending={pending}>
          {t('create')}
        </Button>
      </DialogFooter>
    </form>
  );
}
