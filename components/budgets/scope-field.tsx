'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import type { ScopeChoices } from '@/lib/services/budgets/list-scope-choices';
import type { Scope } from './budget-actions';

interface ScopeFieldProps {
  type: Exclude<Scope, 'organization'>;
  value: string;
  onChange: (id: string) => void;
  choices: ScopeChoices;
  error?: string;
}

/** Which key, member, model: picked. Which end user or tag: typed, with those that were seen lately to choose from. */
export function ScopeField({ type, value, onChange, choices, error }: ScopeFieldProps) {
  const t = useTranslations('budgets');
  const listId = useId();
  const known = { key: choices.keys, member: choices.members, model: choices.models, end_user: null, tag: null }[type];
  const seen = type === 'end_user' ? choices.endUsers : choices.tags;
  if (known) {
    return (
      <Field label={t(`which.${type}`)} error={error}>
        <NativeSelect required value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="" disabled>
            {t('choose')}
          </option>
          <option value="*">{t(`each.${type}`)}</option>
          {known.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </NativeSelect>
      </Field>
    );
  }
  return (
    <div>
      <Field label={t(`which.${type}`)} hint={t(`whichHint.${type as 'tag'}`)} error={error}>
        <Input required maxLength={200} autoComplete="off" list={listId} value={value} onChange={(event) => onChange(event.target.value)} />
      </Field>
      <datalist id={listId}>
        {seen.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </div>
  );
}
