import type { Usage } from '@/lib/kernel/usage';
import type { WireCall } from '@/lib/providers/contract';
import { readUsage } from '@/lib/providers/dialects/openai-responses/usage';
import { countedUnits, isObject, SseParser } from '@/lib/wire';

/** Watches an answer that passes through: what its events tell of usage and of their end, and what the request itself can be counted by. */
export interface Meter {
  push(bytes: Uint8Array): void;
  /** Null where the provider told nothing; the units of the request are in `counted`. */
  reported(): Usage | null;
  counted: Usage['units'];
  /** Whether the answer comes as events. */
  events: boolean;
  /** The error event that it held, as JSON; null for none. */
  failure(): Record<string, unknown> | null;
  /** Whether its last event was seen. Bytes that are no events end where they end. */
  ended(): boolean;
}

/** `image_generation.completed`, `transcript.text.done`, `speech.audio.done`. */
const LAST = /\.(?:completed|done)$/;

export function meterOf(call: WireCall, contentType: string): Meter {
  const events = contentType.startsWith('text/event-stream');
  const counted = countedUnits(call);
  let last: Usage | null = null;
  let failure: Record<string, unknown> | null = null;
  let ended = !events;
  const read = (data: string) => {
    if (data === '[DONE]') {
      ended = true;
      return;
    }
    try {
      const event: unknown = JSON.parse(data);
      if (!isObject(event)) return;
      if (isObject(event.usage)) last = readUsage(event.usage, {}).usage ?? last;
      if (isObject(event.error) || event.type === 'error') failure = isObject(event.error) ? event : { error: event };
      ended ||= LAST.test(String(event.type));
    } catch {
      // An event that is not JSON tells nothing.
    }
  };
  const parser = events ? new SseParser({ onEvent: read }) : null;
  return {
    events,
    counted,
    push: (bytes) => parser?.push(bytes),
    reported: () => last && { ...last, units: { ...counted, ...last.units } },
    failure: () => failure,
    ended: () => ended,
  };
}
