import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StateStore } from './simulator';
import type { SimulatorState } from './state';

/** Keeps the simulated account in one file, replaced whole, so a crash leaves the old state or the new one. */
export function fileStore(path: string): StateStore {
  return {
    load() {
      return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as SimulatorState) : null;
    },
    save(state) {
      mkdirSync(dirname(path), { recursive: true });
      const next = `${path}.next`;
      writeFileSync(next, JSON.stringify(state), { mode: 0o600 });
      renameSync(next, path);
    },
  };
}

/** Forgets everything when the process ends. */
export const memoryStore: StateStore = { load: () => null, save: () => {} };
