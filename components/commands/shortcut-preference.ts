import { useSyncExternalStore } from 'react';

const NAME = 'shortcuts';
const listeners = new Set<() => void>();

/** Whether single-key shortcuts work in this browser; ⌘K always does. On unless switched off. */
export function useShortcutPreference(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(NAME) !== 'off',
    () => true,
  );
  return [on, choose];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function choose(on: boolean): void {
  localStorage.setItem(NAME, on ? 'on' : 'off');
  for (const listener of listeners) listener();
}
