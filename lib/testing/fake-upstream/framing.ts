import type { Behaviour } from './behaviour';
import type { Family } from './families';
import { chatFamily } from './families/chat';

const MALFORMED = '{"id":"chatcmpl-fake","choices":[{"delta":{"content":"br';

/** The pieces a stream is written in, one event each, with the disturbances that the behaviour asks for. */
export function frameEvents(events: readonly string[], behaviour: Behaviour, family: Family = chatFamily): Buffer[] {
  const end = behaviour.lineEnd ?? family.lineEnd ?? '\n';
  const pieces: string[] = [];
  events.forEach((event, index) => {
    if (behaviour.errorAt !== undefined && index >= behaviour.errorAt - 1) {
      if (index === behaviour.errorAt - 1) pieces.push(frame(family.errorEvent, behaviour, end, family));
      return;
    }
    if (behaviour.malformedAt === index + 1) pieces.push(frame(MALFORMED, behaviour, end, family));
    pieces.push(extrasBefore(index, behaviour, end) + frame(event, behaviour, end, family));
  });
  if (behaviour.bom && pieces[0] !== undefined) pieces[0] = `\uFEFF${pieces[0]}`;
  return pieces.map((piece) => Buffer.from(piece));
}

/** Cuts a body into writes of a fixed size. */
export function splitBytes(bytes: Buffer, size: number): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return pieces;
}

function frame(event: string, behaviour: Behaviour, end: string, family: Family): string {
  const name = family.named ? /"type":"([\w.]+)"/.exec(event)?.[1] : undefined;
  const space = behaviour.noSpace ? '' : ' ';
  const text = behaviour.multiline && event.startsWith('{') ? JSON.stringify(JSON.parse(event), null, 1) : event;
  const lines = text.split('\n').map((line) => `data:${space}${line}`);
  return (name === undefined ? '' : `event:${space}${name}${end}`) + lines.join(end) + end + end;
}

function extrasBefore(index: number, behaviour: Behaviour, end: string): string {
  if (!behaviour.extras) return '';
  return `: ping${end}${end}event: message${end}id: ${index}${end}retry: 1000${end}`;
}
