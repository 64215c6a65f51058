import { useSyncExternalStore } from 'react';
import { DEFAULT_COLUMNS, LOG_COLUMNS, type LogColumn } from '@/lib/query/request-view';

const NAME = 'fairlead.logs.columns';
const listeners = new Set<() => void>();

/** The columns of the address, else those this browser chose last, else the usual ones. */
export function useColumns(inAddress: readonly LogColumn[] | null, setInAddress: (columns: LogColumn[]) => void) {
  const stored = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(NAME),
    () => null,
  );
  return {
    columns: inAddress ?? readColumns(stored) ?? DEFAULT_COLUMNS,
    choose: (columns: LogColumn[]): void => {
      localStorage.setItem(NAME, columns.join(','));
      for (const listener of listeners) listener();
      setInAddress(columns);
    },
  };
}

/** Storage belongs to the reader: what is not a column in it is left out. */
function readColumns(text: string | null): LogColumn[] | null {
  if (text === null) return null;
  const names = text.split(',');
  return LOG_COLUMNS.filter((column) => names.includes(column));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}
