import { type RefObject, useRef } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';
import { useShortcutPreference } from '@/components/commands/shortcut-preference';

/** `j` and `k` walk through the links of a list of rows, as Tab would, but without what lies between them; Enter opens. */
export function useRowKeys<Element extends HTMLElement>(): RefObject<Element | null> {
  const list = useRef<Element>(null);
  const [enabled] = useShortcutPreference();
  const options = { enabled, ignoreEventWhen: (event: KeyboardEvent) => event.isComposing };
  const step = (by: 1 | -1) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('tbody a[href]') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    const next = links[at === -1 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  useHotkeys('j', () => step(1), options);
  useHotkeys('k', () => step(-1), options);
  return list;
}
