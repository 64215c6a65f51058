'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { NativeSelect } from '@/components/ui/native-select';
import type { ModelChoice } from '@/lib/services/welcome/model-choice';
import { AnswerView } from './answer-view';
import type { Column } from './types';

interface ColumnViewProps {
  org: string;
  column: Column;
  /** 1 for the first. */
  place: number;
  models: ModelChoice[];
  disabled: boolean;
  onModel: (model: string) => void;
  /** Absent for the only column. */
  onRemove?: () => void;
}

/** One model's side of the conversation. */
export function ColumnView({ org, column, place, models, disabled, onModel, onRemove }: ColumnViewProps) {
  const t = useTranslations('playground');
  return (
    <section aria-label={t('column', { place, model: column.model })} className="flex min-w-0 flex-col rounded-lg border bg-surface">
      <header className="flex items-center gap-2 border-b p-2">
        <NativeSelect
          aria-label={t('modelOf', { place })}
          className="min-w-0 flex-1"
          value={column.model}
          disabled={disabled}
          onChange={(event) => onModel(event.target.value)}
        >
          {models.map(({ id }) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </NativeSelect>
        {onRemove && (
          <Button variant="ghost" size="icon" aria-label={t('removeColumn', { place })} disabled={disabled} onClick={onRemove}>
            <X aria-hidden />
          </Button>
        )}
      </header>
      <div aria-live="off" className="grid min-h-40 flex-1 content-start gap-4 p-3">
        {column.turns.length === 0 && <p className="text-sm text-muted-foreground">{t('emptyColumn')}</p>}
        {column.turns.map((turn) => (
          <article key={turn.id} className="grid min-w-0 gap-2">
            <div className="justify-self-end rounded-lg bg-surface-muted px-3 py-2 text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
              {turn.question}
              {turn.images.length > 0 && (
                <span className="mt-2 flex flex-wrap gap-2">
                  {turn.images.map((url, index) => (
                    // biome-ignore lint/performance/noImgElement: a picture out of this page's memory
                    <img key={url.slice(-40) + index} src={url} alt={t('image', { place: index + 1 })} className="size-16 rounded-md border object-cover" />
                  ))}
                </span>
              )}
            </div>
            <AnswerView org={org} answer={turn.answer} asked={column.model} />
          </article>
        ))}
      </div>
    </section>
  );
}
