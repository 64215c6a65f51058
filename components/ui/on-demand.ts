import { useEffect, useState } from 'react';

/** Code that no first paint needs: fetched when it is wanted, or before, when the browser has nothing else to do. */
export interface OnDemand<Part extends object> {
  load(): Promise<Part>;
  /** What has been loaded already. */
  now(): Part | null;
}

export function onDemand<Part extends object>(fetchPart: () => Promise<Part>): OnDemand<Part> {
  let part: Part | null = null;
  let coming: Promise<Part> | null = null;
  return {
    now: () => part,
    load() {
      coming ??= fetchPart().then(
        (loaded) => {
          part = loaded;
          return loaded;
        },
        (error: unknown) => {
          // The next one who wants it tries again.
          coming = null;
          throw error;
        },
      );
      return coming;
    },
  };
}

/** The part once it is there: null before it was wanted, and while it is on its way. */
export function useOnDemand<Part extends object>(source: OnDemand<Part>, wanted: boolean): Part | null {
  const [part, setPart] = useState<Part | null>(null);
  useEffect(() => whenIdle(() => void source.load().catch(() => undefined)), [source]);
  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    source.load().then(
      (loaded) => !gone && setPart(loaded),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [source, wanted]);
  return wanted ? (part ?? source.now()) : null;
}

/** Runs something once the page has settled. Returns how to call it off. */
function whenIdle(run: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const handle = window.requestIdleCallback(run, { timeout: 4_000 });
    return () => window.cancelIdleCallback(handle);
  }
  const timer = setTimeout(run, 1_000);
  return () => clearTimeout(timer);
}
