'use client';

import { closestCenter, DndContext, type DragEndEvent, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import { arrayMove, SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { useTranslations } from 'next-intl';
import type { TargetItem } from '@/lib/services/config/items';
import type { TargetChoice } from './alias-actions';
import { TargetRow } from './target-row';

interface TargetListProps {
  targets: TargetItem[];
  models: TargetChoice[];
  plans: string[];
  /** Weights count in this strategy only. */
  weighted: boolean;
  onChange: (targets: TargetItem[]) => void;
}

/** The targets in the order they are tried. Rows are dragged, or moved by their buttons or by the keyboard. */
export function TargetList({ targets, models, plans, weighted, onChange }: TargetListProps) {
  const t = useTranslations('operatorAliases.drag');
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }), useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }));
  const ids = targets.map(({ model }) => model);
  const place = (id: unknown): number => ids.indexOf(String(id)) + 1;

  function move(from: number, to: number) {
    if (to >= 0 && to < targets.length) onChange(arrayMove(targets, from, to));
  }

  function drop({ active, over }: DragEndEvent) {
    if (over && active.id !== over.id) move(place(active.id) - 1, place(over.id) - 1);
  }

  return (
    <DndContext
      id="alias-targets"
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={drop}
      accessibility={{
        screenReaderInstructions: { draggable: t('instructions') },
        announcements: {
          onDragStart: ({ active }) => t('lifted', { model: String(active.id), place: place(active.id) }),
          onDragOver: ({ active, over }) => (over ? t('over', { model: String(active.id), place: place(over.id) }) : undefined),
          onDragEnd: ({ active, over }) => t('dropped', { model: String(active.id), place: place(over?.id ?? active.id) }),
          onDragCancel: ({ active }) => t('cancelled', { model: String(active.id) }),
        },
      }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <ol className="grid gap-2">
          {targets.map((target, at) => (
            <TargetRow
              key={target.model}
              target={target}
              place={at + 1}
              count={targets.length}
              label={models.find(({ id }) => id === target.model)?.provider ?? null}
              weighted={weighted}
              plans={plans}
              onMove={(by) => move(at, at + by)}
              onChange={(next) => onChange(targets.map((one, index) => (index === at ? next : one)))}
              onRemove={() => onChange(targets.filter((_, index) => index !== at))}
            />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}
