import type { Behaviour } from '../fake-upstream';
import { apart, both, chunk, DONE, EVENT_HEAD, EVENTS, type Fault, raw, streamed } from './fault';

const EVENT_TYPE = 'text/event-stream';
/** A role and some content. */
const OPENING = chunk({ role: 'assistant', content: '' }) + chunk({ content: 'hel' });
const event = (name: string, data: string): Behaviour => ({ body: `event: ${name}\ndata: ${data}\n\n`, contentType: EVENT_TYPE });
const secondChoice = (content: string) => `data: ${JSON.stringify({ id: 'x', choices: [{ index: 1, delta: { content }, finish_reason: null }] })}\n\n`;

/** What may happen to a stream. Events of the healthy one: 1 role, 2 to 6 content, 7 finish, 8 usage, 9 [DONE]. */
export const STREAM_FAULTS: readonly Fault[] = [
  ...[0, 1].map((events) => streamed(`a cut after event ${events}`, 'rescued', { cutAfter: events })),
  ...[2, 3, 4, 5, 6].map((events) => streamed(`a cut after event ${events}`, 'ended', { cutAfter: events })),
  ...[7, 8, 9].map((events) => streamed(`a cut after event ${events}, when the answer is whole`, 'answered', { cutAfter: events })),
  ...[0, 1].map((events) => streamed(`a stall after event ${events}`, 'rescued', { stallAfter: events })),
  ...[2, 4, 6].map((events) => streamed(`a stall after event ${events}`, 'ended', { stallAfter: events })),
  ...[7, 8].map((events) => streamed(`a stall after event ${events}, when the answer is whole`, 'answered', { stallAfter: events })),
  ...[1, 2, 4, 7, 8].map((event) => streamed(`a chunk that is not JSON before event ${event}`, 'answered', { malformedAt: event })),
  ...[1, 2].map((event) => streamed(`an error frame in place of event ${event}`, 'rescued', { errorAt: event })),
  ...[3, 5, 7].map((event) => streamed(`an error frame in place of event ${event}`, 'ended', { errorAt: event })),
  streamed('an error frame after the finish', 'answered', { errorAt: 8 }),
  streamed('no [DONE]', 'answered', { noDone: true }),
  streamed('a polite end without finish and [DONE]', 'ended', { noFinish: true, noDone: true, usage: null }),
  streamed('a [DONE] without a finish', 'ended', { noFinish: true }),
  ...['error', 'network_error', 'insufficient_system_resource', 'aborted'].map((finish) => ({
    name: `a finish of "${finish}"`,
    behaviour: { finish },
    stream: 'ended' as const,
    whole: 'rescued' as const,
  })),
  streamed('nothing more after [DONE], with the connection held', 'answered', { stallAfter: 9 }),
  both('an event named error first, without an envelope', 'rescued', event('error', '{"message":"boom","code":500}')),
  both('an event named error first, in words', 'rescued', event('error', 'upstream connect error')),
  apart('an event named error amid the content', 'ended', 'rescued', { body: `${OPENING}event: error\ndata: {"message":"boom"}\n\n`, contentType: EVENT_TYPE }),
  both('JSON that is no chunk, then the end', 'rescued', event('message', '{"detail":"boom"}')),
  both('comments and then silence', 'rescued', raw(`${EVENT_HEAD}\r\n: waiting\n\n: waiting\n\n`, 'hold')),
  both('roles over and over, then silence', 'rescued', raw(EVENT_HEAD + '\r\n' + chunk({ role: 'assistant', content: '' }).repeat(20), 'hold')),
  streamed('every event twice', 'answered', {
    body: EVENTS.replace(chunk({ content: 'hello' }), chunk({ content: 'hel' }) + chunk({ content: 'lo' })) + chunk({}, 'stop') + DONE + DONE,
    contentType: EVENT_TYPE,
  }),
  streamed('bytes that are not UTF-8 beside the content', 'answered', {
    body: Buffer.concat([Buffer.from(': '), Buffer.from([0xff, 0xfe, 0xc3]), Buffer.from(`\n\n${EVENTS}${DONE}`)]),
    contentType: EVENT_TYPE,
  }),
  streamed('one byte at a time', 'answered', { bytesPerWrite: 1 }),
  streamed('no usage', 'answered', { usage: null }),
  apart('the second of two choices cut off', 'ended', 'rescued', { body: OPENING + secondChoice('other') + chunk({}, 'stop'), contentType: EVENT_TYPE }),
];
