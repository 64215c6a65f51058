'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { Switch } from '@/components/ui/switch';
import { Textarea } from '@/components/ui/textarea';
import type { Settings } from './types';

interface SettingsPanelProps {
  settings: Settings;
  onChange: (settings: Settings) => void;
  /** The setting that cannot be sent as it is. */
  fault: keyof Settings | null;
}

/** System prompt and parameters; all columns share them. */
export function SettingsPanel({ settings, onChange, fault }: SettingsPanelProps) {
  const t = useTranslations('playground');
  const set = (change: Partial<Settings>) => onChange({ ...settings, ...change });
  const errorOf = (field: keyof Settings) => (fault === field ? t(`faults.${field as 'tools'}`) : undefined);
  return (
    <div className="grid gap-3">
      <Field label={t('system')}>
        <Textarea rows={2} value={settings.system} onChange={(event) => set({ system: event.target.value })} />
      </Field>
      <details className="group rounded-lg border bg-surface" open={fault !== null || undefined}>
        <summary className="flex h-9 list-none items-center gap-2 rounded-lg px-3 text-sm font-medium [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-4 text-muted-foreground transition-transform group-open:rotate-90" />
          {t('parameters')}
        </summary>
        <div className="grid gap-3 border-t p-3 sm:grid-cols-3">
          <Field label={t('temperature')} note="0–2" error={errorOf('temperature')}>
            <Input inputMode="decimal" className="figures" value={settings.temperature} onChange={(event) => set({ temperature: event.target.value })} />
          </Field>
          <Field label={t('topP')} note="0–1" error={errorOf('topP')}>
            <Input inputMode="decimal" className="figures" value={settings.topP} onChange={(event) => set({ topP: event.target.value })} />
          </Field>
          <Field label={t('maxTokens')} error={errorOf('maxTokens')}>
            <Input inputMode="numeric" className="figures" value={settings.maxTokens} onChange={(event) => set({ maxTokens: event.target.value })} />
          </Field>
          <Field className="sm:col-span-3" label={t('tools')} hint={t('toolsHint')} error={errorOf('tools')}>
            <Textarea rows={4} spellCheck={false} className="figures text-sm" value={settings.tools} onChange={(event) => set({ tools: event.target.value })} />
          </Field>
          <div className="flex items-center gap-3 sm:col-span-3">
            <Switch id="playground-json" checked={settings.json} onCheckedChange={(json) => set({ json })} />
            <Label htmlFor="playground-json">{t('json')}</Label>
          </div>
        </div>
      </details>
    </div>
  );
}
