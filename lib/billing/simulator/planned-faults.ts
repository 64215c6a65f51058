/** What a test wants to go wrong: with which requests, from which on, and how often. */
export interface PlannedFault {
  method: string;
  /** The start of the path. */
  path: string;
  /** How many matching requests go well before. */
  after: number;
  times: number;
  /** A status before any work, a connection that breaks before it, or one that breaks when the work is done. */
  kind: 500 | 429 | 'reset' | 'timeout-after-commit';
}

/** The fault that hits this request, or null. Counts down as it is asked. */
export function findFault(faults: readonly PlannedFault[], method: string, path: string): PlannedFault['kind'] | null {
  for (const fault of faults) {
    if (fault.times <= 0 || fault.method !== method || !path.startsWith(fault.path)) continue;
    if (fault.after > 0) {
      fault.after -= 1;
      continue;
    }
    fault.times -= 1;
    return fault.kind;
  }
  return null;
}
