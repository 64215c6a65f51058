import type { Usage } from '@/lib/kernel/usage';
import type { WireCall } from '@/lib/providers/contract';
import { readUsage } from '@/lib/providers/dialects/openai-responses/usage';
import { countedUnits, isObject, SseParser } from '@/lib/wire';

/** Counts an answer that passes through unread: what its events tell of usage, and what the request itself can be counted by. */
export interface Meter {
  push(bytes: Uint8Array): void;
  /** Null where the provider told nothing; the units of the request are in `counted`. */
  reported(): Usage | null;
  counted: Usage['units'];
}

export function meterOf(call: WireCall, contentType: string): Meter {
  let last: Usage | null = null;
  const events = contentType.startsWith('text/event-stream')
    ? new SseParser({
        onEvent(data) {
          if (!data.includes('"usage"')) return;
          try {
            const event: unknown = JSON.parse(data);
            if (isObject(event) && isObject(event.usage)) last = readUsage(event.usage, {}).usage ?? last;
          } catch {
            // An event that is not JSON tells nothing.
          }
        },
      })
    : null;
  const counted = countedUnits(call);
  return { push: (bytes) => events?.push(bytes), reported: () => last && { ...last, units: { ...counted, ...last.units } }, counted };
}
