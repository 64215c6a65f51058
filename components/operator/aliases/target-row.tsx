'use client';

import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ArrowDown, ArrowUp, ChevronRight, GripVertical, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { TargetItem } from '@/lib/services/config/items';
import { ConditionFields } from './condition-fields';

interface TargetRowProps {
  target: TargetItem;
  place: number;
  count: number;
  /** The provider's name; null for a model that no longer exists. */
  label: string | null;
  weighted: boolean;
  plans: string[];
  onMove: (by: -1 | 1) => void;
  onChange: (target: TargetItem) => void;
  onRemove: () => void;
}

export function TargetRow({ target, place, count, label, weighted, plans, onMove, onChange, onRemove }: TargetRowProps) {
  const t = useTranslations('operatorAliases');
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id: target.model });
  const conditions = Object.keys(target.conditions ?? {}).length;
  return (
    <li ref={setNodeRef} style={{ transform: CSS.Translate.toString(transform), transition }} className={cn('rounded-lg border bg-surface', isDragging && 'relative z-10 shadow-float')}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 p-2.5">
        <button
          ref={setActivatorNodeRef}
          type="button"
          className="grid size-7 shrink-0 cursor-grab touch-none place-items-center rounded-md text-muted-foreground hover:bg-accent active:cursor-grabbing"
          {...attributes}
          {...listeners}
          aria-label={t('drag.handle', { model: target.model })}
        >
          <GripVertical aria-hidden className="size-4" />
        </button>
        <span className="figures grid size-6 shrink-0 place-items-center rounded-full bg-secondary text-xs">{place}</span>
        <span className="min-w-32 flex-1">
          <span className="figures block text-sm font-medium break-all">{target.model}</span>
          <span className="text-xs text-muted-foreground">{label ?? <Badge variant="danger">{t('missingModel')}</Badge>}</span>
        </span>
        <Field label={t('retries')} className="w-20">
          <Input
            type="number"
            min={0}
            max={5}
            step={1}
            value={target.retries ?? ''}
            placeholder="1"
            onChange={(event) => onChange(withValue(target, 'retries', event.target.value))}
            className="figures"
          />
        </Field>
        {weighted && (
          <Field label={t('weight')} className="w-20">
            <Input
              type="number"
              min={0}
              max={1000}
              step={1}
              value={target.weight ?? ''}
              placeholder="1"
              onChange={(event) => onChange(withValue(target, 'weight', event.target.value))}
              className="figures"
            />
          </Field>
        )}
        <span className="ml-auto flex items-center">
          <Button variant="ghost" size="icon-sm" aria-label={t('moveUp', { model: target.model })} disabled={place === 1} onClick={() => onMove(-1)}>
            <ArrowUp aria-hidden />
          </Button>
          <Button variant="ghost" size="icon-sm" aria-label={t('moveDown', { model: target.model })} disabled={place === count} onClick={() => onMove(1)}>
            <ArrowDown aria-hidden />
          </Button>
          <Button variant="ghost" size="icon-sm" aria-label={t('removeTarget', { model: target.model })} onClick={onRemove}>
            <X aria-hidden />
          </Button>
        </span>
      </div>
      <details className="group border-t">
        <summary className="flex h-8 list-none items-center gap-1.5 px-3 text-xs text-muted-foreground [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
          {t('conditions', { count: conditions })}
        </summary>
        <ConditionFields conditions={target.conditions ?? {}} plans={plans} onChange={(next) => onChange(Object.keys(next).length > 0 ? { ...target, conditions: next } : without(target, 'conditions'))} />
      </details>
    </li>
  );
}

function withValue(target: TargetItem, field: 'retries' | 'weight', text: string): TargetItem {
  return text === '' ? without(target, field) : { ...target, [field]: Number(text) };
}

function without(target: TargetItem, field: keyof TargetItem): TargetItem {
  return Object.fromEntries(Object.entries(target).filter(([name]) => name !== field)) as unknown as TargetItem;
}
