import { type PointerEvent, type RefObject, useRef, useState } from 'react';

interface Brush {
  from: number;
  to: number;
}

/**
 * Drawing across the equal parts of a strip. Told the first and the last part when the pointer lets go; a press on one
 * part is left to the part itself, which is how a keyboard does the same.
 */
export function useBrush(strip: RefObject<HTMLElement | null>, parts: number, onDrawn: (first: number, last: number) => void) {
  const [brush, setBrush] = useState<Brush | null>(null);
  const drawn = useRef(false);
  const partAt = (x: number): number => {
    const box = strip.current?.getBoundingClientRect();
    if (!box || box.width === 0) return 0;
    return Math.min(parts - 1, Math.max(0, Math.floor(((x - box.left) / box.width) * parts)));
  };
  const [first, last] = brush ? [Math.min(brush.from, brush.to), Math.max(brush.from, brush.to)] : [0, -1];
  return {
    /** Whether a part is inside what is being drawn. */
    holds: (part: number): boolean => last > first && part >= first && part <= last,
    /** Whether the press that is ending drew across parts: it is no press on one of them. */
    drew: (): boolean => drawn.current,
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        if (event.button !== 0 || event.pointerType === 'touch') return;
        drawn.current = false;
        const at = partAt(event.clientX);
        setBrush({ from: at, to: at });
      },
      onPointerMove: (event: PointerEvent) => {
        if (!brush) return;
        const to = partAt(event.clientX);
        if (to !== brush.to) setBrush({ ...brush, to });
        if (to !== brush.from) drawn.current = true;
      },
      onPointerUp: () => {
        if (last > first) onDrawn(first, last);
        setBrush(null);
      },
      onPointerLeave: () => setBrush(null),
    },
  };
}
