'use client';

import { Eraser, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs';
import { useState } from 'react';
import { PageHeader } from '@/components/patterns/page-header';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import type { PresetView } from '@/lib/services/presets/presets';
import type { ModelChoice } from '@/lib/services/welcome/model-choice';
import { findPresetFault } from '@/lib/kernel/preset';
import { buildBody } from './build-body';
import { CodeDialog } from './code-dialog';
import { ColumnView } from './column-view';
import { Composer } from './composer';
import { PresetDialog } from './preset-dialog';
import { SettingsPanel } from './settings-panel';
import { type Lend, NO_SETTINGS, type SavePreset, type Settings } from './types';
import { MAX_COLUMNS, useColumns } from './use-columns';

interface PlaygroundPageProps {
  org: string;
  models: ModelChoice[];
  baseUrl: string;
  lend: Lend;
  /** The preset that was opened. */
  preset: PresetView | null;
  savePreset: SavePreset;
}

const WIDTHS = ['', 'md:grid-cols-2', 'md:grid-cols-2 xl:grid-cols-3', 'md:grid-cols-2 xl:grid-cols-4'] as const;

/** Ask up to four models at once, through the same API that programs use. What is typed never enters the URL. */
export function PlaygroundPage({ org, models, baseUrl, lend, preset, savePreset }: PlaygroundPageProps) {
  const t = useTranslations('playground');
  const [inUrl, setInUrl] = useQueryState('models', parseAsArrayOf(parseAsString));
  const [settings, setSettings] = useState<Settings>(preset ? { ...preset.parameters, system: preset.system } : NO_SETTINGS);
  const [fault, setFault] = useState<keyof Settings | null>(null);
  const known = new Set(models.map(({ id }) => id));
  const preferred = ['fast-chat', 'demo/echo'].find((id) => known.has(id)) ?? models[0]?.id ?? 'fast-chat';
  const asked = (inUrl ?? (preset ? [preset.model] : [])).filter((id) => known.has(id)).slice(0, MAX_COLUMNS);
  const conversation = useColumns({ org, models: asked.length > 0 ? asked : [preferred], lend, onModels: (ids) => void setInUrl(ids) });
  const { columns, isRunning } = conversation;

  function send(question: { text: string; images: string[] }): boolean {
    const found = findPresetFault(settings);
    setFault(found);
    if (found) return false;
    conversation.send(question, settings);
    return true;
  }

  return (
    <>
      <PageHeader
        title={t('title')}
        answer={t('answer')}
        actions={
          <>
            <Button variant="outline" disabled={isRunning || columns.every(({ turns }) => turns.length === 0)} onClick={conversation.clear}>
              <Eraser aria-hidden />
              {t('clear')}
            </Button>
            <PresetDialog org={org} model={columns[0]?.model ?? preferred} settings={settings} name={preset?.name} save={savePreset} />
            <CodeDialog baseUrl={baseUrl} body={() => nextBody()} />
            <Button variant="outline" disabled={isRunning || columns.length >= MAX_COLUMNS} onClick={() => conversation.add(preferred)}>
              <Plus aria-hidden />
              {t('addColumn')}
            </Button>
          </>
        }
      />
      <div className="grid gap-4">
        <SettingsPanel
          settings={settings}
          fault={fault}
          onChange={(next) => {
            setSettings(next);
            setFault(null);
          }}
        />
        <div className={cn('grid gap-3', WIDTHS[columns.length - 1])}>
          {columns.map((column, index) => (
            <ColumnView
              key={column.id}
              org={org}
              column={column}
              place={index + 1}
              models={models}
              disabled={isRunning}
              onModel={(model) => conversation.choose(column.id, model)}
              onRemove={columns.length > 1 ? () => conversation.remove(column.id) : undefined}
            />
          ))}
        </div>
        <div className="sticky bottom-3 shadow-float rounded-lg">
          <Composer isRunning={isRunning} onSend={send} onStop={conversation.stop} />
        </div>
      </div>
    </>
  );

  /** The first column's last question again, or an example before there is one. */
  function nextBody() {
    const [first] = columns;
    const last = first?.turns.at(-1);
    const question = last ? { text: last.question, images: last.images } : { text: t('example'), images: [] };
    return buildBody(first?.model ?? preferred, first?.turns.slice(0, -1) ?? [], question, findPresetFault(settings) ? NO_SETTINGS : settings);
  }
}
