'use client';

import type { RefObject } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';
import { useShortcutPreference } from '@/components/commands/shortcut-preference';

interface RowKeysProps {
  /** What the rows stand in. */
  list: RefObject<HTMLElement | null>;
  /** The row that is looked at beside the list, if any: steps start there. */
  peeked?: string | null;
  /** Told which row a step led to. */
  onStep?: (id: string) => void;
  /** Space, on the row that has the focus. */
  onPeek?: (id: string) => void;
  /** `x`, on the row that has the focus. */
  onSelect?: (id: string) => void;
  /** `.` */
  onLive?: () => void;
}

/** The keys of a list of rows; it draws nothing. `j` and `k` walk through the links of a list of rows, as Tab would, but without what lies between them; Enter opens, Space looks, `x` ticks. */
export default function RowKeys({ list, peeked, onStep, onPeek, onSelect, onLive }: RowKeysProps) {
  const [enabled] = useShortcutPreference();
  const options = { enabled, ignoreEventWhen: (event: KeyboardEvent) => event.isComposing };
  const links = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('tbody a[href]') ?? [])];
  const current = (): HTMLElement | undefined => links().find((link) => link === document.activeElement);
  const step = (by: 1 | -1) => {
    const all = links();
    const focused = all.indexOf(document.activeElement as HTMLElement);
    const at = focused === -1 && peeked ? all.findIndex((link) => link.dataset.request === peeked) : focused;
    const next = all[at === -1 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
    if (next?.dataset.request) onStep?.(next.dataset.request);
  };
  const withCurrent = (act?: (id: string) => void) => (event: KeyboardEvent) => {
    const id = current()?.dataset.request;
    if (!id || !act) return;
    event.preventDefault();
    act(id);
  };
  useHotkeys('j', () => step(1), options);
  useHotkeys('k', () => step(-1), options);
  useHotkeys('space', withCurrent(onPeek), options);
  useHotkeys('x', withCurrent(onSelect), options);
  useHotkeys('period', () => onLive?.(), options);
  return null;
}
