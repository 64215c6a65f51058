let latestMs = Number.NaN;
let latest = '';

/** Unix milliseconds as an ISO instant. A call writes the same moment into many rows, so the last one is remembered. */
export function isoTime(ms: number): string {
  if (ms !== latestMs) {
    latest = new Date(ms).toISOString();
    latestMs = ms;
  }
  return latest;
}
