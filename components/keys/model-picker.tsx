'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { Label } from '@/components/ui/label';
import { RadioGroup, RadioGroupItem } from '@/components/ui/radio-group';
import type { ModelChoice } from '@/lib/services/welcome/model-choice';

interface ModelPickerProps {
  models: ModelChoice[];
  /** Null: all that the plan allows. */
  value: string[] | null;
  onChange: (value: string[] | null) => void;
  error?: string;
}

export function ModelPicker({ models, value, onChange, error }: ModelPickerProps) {
  const t = useTranslations('keys');
  const id = useId();
  const toggle = (name: string, on: boolean) => onChange(on ? [...(value ?? []), name] : (value ?? []).filter((other) => other !== name));

  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t('form.models')}</legend>
      <RadioGroup
        value={value === null ? 'all' : 'picked'}
        onValueChange={(choice) => onChange(choice === 'all' ? null : [])}
        className="flex flex-wrap gap-x-5 gap-y-2"
      >
        {(['all', 'picked'] as const).map((choice) => (
          <div key={choice} className="flex items-center gap-2">
            <RadioGroupItem id={`${id}-${choice}`} value={choice} />
            <Label htmlFor={`${id}-${choice}`} className="font-normal">
              {t(`form.models_${choice}`)}
            </Label>
          </div>
        ))}
      </RadioGroup>
      {value !== null && (
        <ul className="mt-1 grid max-h-[136px] gap-px overflow-y-auto rounded-md border bg-surface p-1">
          {models.map((model) => (
            <li key={model.id} className="flex min-h-8 items-center gap-2.5 rounded-sm px-2 hover:bg-accent">
              <Checkbox id={`${id}-${model.id}`} checked={value.includes(model.id)} onCheckedChange={(on) => toggle(model.id, on)} />
              <Label htmlFor={`${id}-${model.id}`} className="flex min-w-0 flex-1 items-baseline gap-2 font-normal">
                <span className="figures truncate text-sm">{model.id}</span>
                {model.note && <span className="truncate text-xs text-muted-foreground">{model.note}</span>}
              </Label>
            </li>
          ))}
        </ul>
      )}
      {error && (
        <p role="alert" className="text-xs text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}
