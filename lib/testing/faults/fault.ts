import type { Behaviour } from '../fake-upstream';

/**
 * What a call must come to when its first target has a fault.
 * - `answered`: the fault does not stand between the client and the whole answer;
 * - `rescued`: nothing of it reached the client, so another target answers where there is one, else the provider failed;
 * - `refused`: the provider refused the request itself: nobody else is asked, the client gets the refusal;
 * - `oversized`: too large for this target; one that takes more may answer, else the client gets the refusal;
 * - `ended`: content had been delivered: the stream ends in its error frame.
 */
export type Verdict = 'answered' | 'rescued' | 'refused' | 'oversized' | 'ended';

export interface Fault {
  name: string;
  behaviour: Behaviour;
  stream: Verdict;
  whole: Verdict;
}

export const both = (name: string, verdict: Verdict, behaviour: Behaviour): Fault => ({ name, behaviour, stream: verdict, whole: verdict });
export const streamed = (name: string, verdict: Verdict, behaviour: Behaviour): Fault => ({ name, behaviour, stream: verdict, whole: 'answered' });

export const JSON_HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
export const EVENT_HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n';
export const WHOLE = JSON.stringify({
  id: 'x',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 },
});
export const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
export const EVENTS = chunk({ role: 'assistant', content: '' }) + chunk({ content: 'hello' }) + chunk({}, 'stop');
export const DONE = 'data: [DONE]\n\n';
export const raw = (bytes: string | Uint8Array, ending: 'close' | 'hold' = 'close'): Behaviour => ({ raw: { bytes, ending } });
export const sized = (head: string, body: string, length = body.length) => `${head}content-length: ${length}\r\n\r\n${body}`;
/** Two verdicts for what is one thing to a call that streams and another to one that does not. */
export const apart = (name: string, stream: Verdict, whole: Verdict, behaviour: Behaviour): Fault => ({ name, behaviour, stream, whole });

/** Deadlines of a provider whose fault is silence: before the first content, after it, or none of both. Long enough for a machine with other work. */
export const DEADLINES = {
  mute: { firstTokenMs: 3_000, idleMs: 3_000 },
  stalling: { firstTokenMs: 15_000, idleMs: 2_000 },
  prompt: { firstTokenMs: 15_000, idleMs: 15_000 },
} as const;

/** Which deadlines a fault takes; `opening`: events of a stream before its first content. */
export function silenceOf({ silent, stallAfter, firstTokenMs, raw: bytes }: Behaviour, opening: number): keyof typeof DEADLINES {
  if (silent === true || firstTokenMs !== undefined || bytes?.ending === 'hold') return 'mute';
  return stallAfter === undefined ? 'prompt' : stallAfter <= opening ? 'mute' : 'stalling';
}
