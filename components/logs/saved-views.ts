'use client';

import { useSyncExternalStore } from 'react';

export interface SavedView {
  name: string;
  /** The query string of the page, without the question mark. */
  search: string;
}

const NONE: SavedView[] = [];
const listeners = new Set<() => void>();
let cache: { text: string | null; views: SavedView[] } = { text: null, views: NONE };

/** Views of the logs that this browser keeps by name, for one organization. Their URL is what is shared with others. */
export function useSavedViews(org: string) {
  const name = `fairlead.views.${org}`;
  const views = useSyncExternalStore(
    subscribe,
    () => read(name),
    () => NONE,
  );
  const write = (next: SavedView[]): void => {
    localStorage.setItem(name, JSON.stringify(next));
    for (const listener of listeners) listener();
  };
  return {
    views,
    save: (view: SavedView) => write([...views.filter((other) => other.name !== view.name), view].sort((a, b) => a.name.localeCompare(b.name))),
    remove: (viewName: string) => write(views.filter((view) => view.name !== viewName)),
  };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function read(name: string): SavedView[] {
  const text = localStorage.getItem(name);
  if (text === cache.text) return cache.views;
  cache = { text, views: parse(text) };
  return cache.views;
}

/** Storage belongs to the reader: what is not ours in it is ignored. */
function parse(text: string | null): SavedView[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value.filter((view): view is SavedView => typeof view?.name === 'string' && typeof view?.search === 'string') : NONE;
  } catch {
    return NONE;
  }
}
