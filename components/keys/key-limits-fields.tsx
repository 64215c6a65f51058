'use client';

import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import type { KeyView } from './key-actions';
import { writeTags } from './read-key-form';

export type LimitField = 'rpm' | 'tpm' | 'concurrency' | 'expiresAt' | 'allowedIps' | 'tags';

interface KeyLimitsFieldsProps {
  /** What stands in the fields at first; null for a new key. */
  view: KeyView | null;
  problem: (field: LimitField) => string | undefined;
}

/** The limits most keys do without: rates, an end, where it may be used from, and tags for all its calls. */
export function KeyLimitsFields({ view, problem }: KeyLimitsFieldsProps) {
  const t = useTranslations('keys');
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {(['rpm', 'tpm', 'concurrency'] as const).map((name) => (
        <Field key={name} label={t(`form.${name}`)} error={problem(name)}>
          <Input name={name} type="number" min={1} step={1} className="figures" defaultValue={view?.[name] ?? undefined} />
        </Field>
      ))}
      <Field label={t('form.expires')} error={problem('expiresAt')}>
        <Input name="expires" type="datetime-local" className="figures" defaultValue={view?.expiresAt ? localTime(view.expiresAt) : undefined} />
      </Field>
      <Field label={t('form.ips')} hint={t('form.ipsHint')} error={problem('allowedIps')} className="sm:col-span-2">
        <Textarea
          name="ips"
          rows={2}
          spellCheck={false}
          className="figures"
          placeholder={'203.0.113.7\n10.0.0.0/8'}
          defaultValue={view?.allowedIps?.join('\n')}
        />
      </Field>
      <Field label={t('form.tags')} hint={t('form.tagsHint')} error={problem('tags')} className="sm:col-span-2">
        <Input name="tags" autoComplete="off" className="figures" placeholder="team=growth, env=production" defaultValue={writeTags(view?.tags ?? {})} />
      </Field>
      <p className="text-xs text-muted-foreground sm:col-span-2">{t('form.advancedHint')}</p>
    </div>
  );
}

/** An instant as a field for date and time of this browser's zone wants it. */
function localTime(iso: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
