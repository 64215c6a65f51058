import { useState } from 'react';

interface Row {
  id: string;
}

/** The rows to show while the reader's pointer rests on them: the same ones, each as fresh as it is known. */
export function steadyRows<T extends Row>(held: readonly T[] | null, latest: readonly T[]): { rows: readonly T[]; waiting: number } {
  if (!held) return { rows: latest, waiting: 0 };
  const known = new Map(latest.map((row) => [row.id, row]));
  const shown = new Set(held.map(({ id }) => id));
  return { rows: held.map((row) => known.get(row.id) ?? row), waiting: latest.filter(({ id }) => !shown.has(id)).length };
}

/** Holds a live list still while the pointer or the focus is on it, and lets it move on when both have left. */
export function useSteadyRows<T extends Row>(latest: readonly T[], live: boolean) {
  const [held, setHeld] = useState<readonly T[] | null>(null);
  const hold = (): void => setHeld((before) => before ?? latest);
  const release = (): void => setHeld(null);
  return {
    ...steadyRows(live ? held : null, latest),
    release,
    handlers: {
      onPointerEnter: hold,
      onPointerLeave: release,
      onFocus: hold,
      onBlur: (event: { currentTarget: Node; relatedTarget: EventTarget | null }) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) release();
      },
    },
  };
}
