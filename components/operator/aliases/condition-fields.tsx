'use client';

import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import type { ConditionsItem } from '@/lib/services/config/items';

interface ConditionFieldsProps {
  conditions: ConditionsItem;
  plans: string[];
  onChange: (conditions: ConditionsItem) => void;
}

/** What a call must be like for the target to be asked; what is left empty is no condition. */
export function ConditionFields({ conditions, plans, onChange }: ConditionFieldsProps) {
  const t = useTranslations('operatorAliases.condition');
  function set<K extends keyof ConditionsItem>(name: K, value: ConditionsItem[K] | undefined) {
    const next = { ...conditions };
    if (value === undefined) delete next[name];
    else next[name] = value;
    onChange(next);
  }
  const number = (text: string) => (text === '' ? undefined : Number(text));
  const words = (text: string) => {
    const list = text.split(',').map((word) => word.trim()).filter(Boolean);
    return list.length > 0 ? list : undefined;
  };
  return (
    <div className="grid gap-3 px-3 pb-3 sm:grid-cols-2 lg:grid-cols-4">
      <Field label={t('minInputTokens')}>
        <Input type="number" min={0} step={1} value={conditions.minInputTokens ?? ''} onChange={(event) => set('minInputTokens', number(event.target.value))} className="figures" />
      </Field>
      <Field label={t('maxInputTokens')}>
        <Input type="number" min={1} step={1} value={conditions.maxInputTokens ?? ''} onChange={(event) => set('maxInputTokens', number(event.target.value))} className="figures" />
      </Field>
      {(['tools', 'images'] as const).map((name) => (
        <Field key={name} label={t(name)}>
          <NativeSelect value={conditions[name] === undefined ? '' : String(conditions[name])} onChange={(event) => set(name, event.target.value === '' ? undefined : event.target.value === 'true')}>
            <option value="">{t('any')}</option>
            <option value="true">{t('only')}</option>
            <option value="false">{t('without')}</option>
          </NativeSelect>
        </Field>
      ))}
      <Field label={t('language')}>
        <NativeSelect value={conditions.language ?? ''} onChange={(event) => set('language', (event.target.value || undefined) as ConditionsItem['language'])}>
          <option value="">{t('any')}</option>
          <option value="zh">{t('zh')}</option>
          <option value="other">{t('other')}</option>
        </NativeSelect>
      </Field>
      <Field label={t('plans')} hint={plans.join(', ')}>
        <Input defaultValue={conditions.plans?.join(', ') ?? ''} onChange={(event) => set('plans', words(event.target.value))} autoComplete="off" className="figures" />
      </Field>
      <Field label={t('regions')}>
        <Input defaultValue={conditions.regions?.join(', ') ?? ''} onChange={(event) => set('regions', words(event.target.value))} autoComplete="off" className="figures" />
      </Field>
      <Field label={t('tags')} hint={t('tagsHint')}>
        <Input
          defaultValue={Object.entries(conditions.tags ?? {}).map(([key, value]) => `${key}=${value}`).join(', ')}
          onChange={(event) => {
            const pairs = (words(event.target.value) ?? []).map((pair) => pair.split('=').map((part) => part.trim())).filter(([key, value]) => key && value);
            set('tags', pairs.length > 0 ? Object.fromEntries(pairs) : undefined);
          }}
          autoComplete="off"
          className="figures"
        />
      </Field>
    </div>
  );
}
