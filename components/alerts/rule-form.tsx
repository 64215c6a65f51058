'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { useAction } from '@/components/patterns/use-action';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { NativeSelect } from '@/components/ui/native-select';
import { Switch } from '@/components/ui/switch';
import type { ChannelView } from '@/lib/services/alerts/channels';
import type { RuleView } from '@/lib/services/alerts/rules';
import { type AlertActions, RULE_KINDS } from './alert-actions';

const DEFAULTS = { spend: '5.00', budget: '80', error_rate: '20', latency: '5000', key_expiry: '7' } as const;
const WINDOWS = [15, 60, 360, 1_440] as const;
/** Kinds that look back over a window. */
const WINDOWED = new Set<string>(['spend', 'error_rate', 'latency']);

interface RuleFormProps {
  org: string;
  /** The rule to change; null makes a new one. */
  rule: RuleView | null;
  channels: ChannelView[];
  save: AlertActions['saveRule'];
  onCancel: () => void;
  onSaved: () => void;
}

export function RuleForm({ org, rule, channels, save, onCancel, onSaved }: RuleFormProps) {
  const t = useTranslations('alerts');
  const common = useTranslations('common');
  const action = useAction();
  const id = useId();
  const [kind, setKind] = useState<(typeof RULE_KINDS)[number]>(rule?.kind ?? 'spend');
  const [picked, setPicked] = useState<string[]>(rule?.channelIds ?? channels.slice(0, 1).map((channel) => channel.id));
  const [enabled, setEnabled] = useState(rule?.enabled ?? true);
  const windows = [...new Set([...WINDOWS, ...(rule ? [rule.windowMinutes] : [])])].sort((a, b) => a - b);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    void action.run(
      () => save(org, { ...(rule ? { id: rule.id } : {}), name: text('name'), kind, threshold: text('threshold'), windowMinutes: Number(text('window') || 60), channelIds: picked, enabled }),
      onSaved,
    );
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <ProblemAlert problem={action.problem('name', 'threshold', 'channelIds')} />
      <Field label={t('rule.name')} error={action.problemOf('name')}>
        <Input name="name" required maxLength={80} autoComplete="off" defaultValue={rule?.name} placeholder={t('rule.namePlaceholder')} />
      </Field>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t('rule.watch')} className="sm:col-span-2" hint={t(`ruleHint.${kind}`)}>
          <NativeSelect value={kind} onChange={(event) => setKind(event.target.value as typeof kind)}>
            {RULE_KINDS.map((each) => (
              <option key={each} value={each}>
                {t(`ruleKind.${each}`)}
              </option>
            ))}
          </NativeSelect>
        </Field>
        <Field key={kind} label={t(`threshold.${kind}`)} error={action.problemOf('threshold') && t('rule.badThreshold')}>
          <Input name="threshold" required inputMode="decimal" autoComplete="off" className="figures" defaultValue={rule?.kind === kind ? rule.threshold : DEFAULTS[kind]} />
        </Field>
        {WINDOWED.has(kind) && (
          <Field label={t('rule.window')}>
            <NativeSelect name="window" defaultValue={rule?.windowMinutes ?? 60}>
              {windows.map((minutes) => (
                <option key={minutes} value={minutes}>
                  {t('minutes', { minutes })}
                </option>
              ))}
            </NativeSelect>
          </Field>
        )}
      </div>
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 text-sm font-medium">{t('rule.tell')}</legend>
        {channels.map((channel) => (
          <span key={channel.id} className="flex items-center gap-2">
            <Checkbox
              id={`${id}-${channel.id}`}
              checked={picked.includes(channel.id)}
              onCheckedChange={(checked) => setPicked(checked ? [...picked, channel.id] : picked.filter((each) => each !== channel.id))}
            />
            <Label htmlFor={`${id}-${channel.id}`} className="font-normal">
              {channel.name} <span className="text-muted-foreground">({t(`kind.${channel.kind}`)})</span>
            </Label>
          </span>
        ))}
        {action.problemOf('channelIds') !== undefined && (
          <p role="alert" className="text-xs text-danger">
            {t('rule.noChannel')}
          </p>
        )}
      </fieldset>
      <div className="flex items-center gap-3">
        <Switch id={`${id}-on`} checked={enabled} onCheckedChange={setEnabled} />
        <Label htmlFor={`${id}-on`}>{t('rule.on')}</Label>
      </div>
      <DialogFooter className="mt-1">
        <Button variant="outline" onClick={onCancel}>
          {common('cancel')}
        </Button>
        <Button type="submit" pending={action.pending}>
          {rule ? common('save') : t('rule.create')}
        </Button>
      </DialogFooter>
    </form>
  );
}
