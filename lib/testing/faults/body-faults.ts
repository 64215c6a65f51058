import { both, DONE, EVENTS, type Fault, WHOLE } from './fault';

/** What may come with a 200 instead of the answer, or around it. */
export const BODY_FAULTS: readonly Fault[] = [
  both('a 200 with nothing', 'rescued', { body: '' }),
  both('a 200 with blank lines only', 'rescued', { body: '\n\n\n', contentType: 'application/json' }),
  both('a 200 with an HTML page', 'rescued', { body: '<!doctype html><p>Sign in to the network</p>', contentType: 'text/html' }),
  both('a 200 with words', 'rescued', { body: 'upstream connect error or disconnect/reset before headers', contentType: 'text/plain' }),
  both('a 200 with an error object', 'rescued', { body: '{"error":{"message":"boom","type":"server_error"}}' }),
  both('a 200 with an error and an empty list of choices', 'rescued', { body: '{"choices":[],"error":{"message":"boom"}}' }),
  both('a 200 with an empty list of choices', 'rescued', { body: '{"id":"x","object":"chat.completion","choices":[]}' }),
  both('a 200 with JSON of something else', 'rescued', { body: '{"status":"ok"}' }),
  both('a 200 with JSON that is cut', 'rescued', { body: WHOLE.slice(0, -40) }),
  both('the answer under the type text/plain', 'answered', { contentType: 'text/plain' }),
  both('the answer under the type application/octet-stream', 'answered', { contentType: 'application/octet-stream' }),
  { name: 'one whole answer where a stream was asked for', behaviour: { body: WHOLE }, stream: 'answered', whole: 'answered' },
  {
    name: 'a stream where a whole answer was asked for',
    behaviour: { body: EVENTS + DONE, contentType: 'text/event-stream' },
    stream: 'answered',
    whole: 'answered',
  },
  both('a 200 with choices that are empty', 'rescued', { body: '{"id":"x","object":"chat.completion","choices":[{}]}' }),
  both('a 200 with a choice that is null', 'rescued', { body: '{"id":"x","object":"chat.completion","choices":[null]}' }),
  ...['null', '[]', '""', '0', 'true'].map((body) => both(`a 200 with the JSON ${body}`, 'rescued', { body })),
  both('a 200 with an error that is a string', 'rescued', { body: '{"error":"model is loading"}' }),
  both('a 200 with an error in a list', 'rescued', { body: '[{"error":{"code":500,"message":"boom"}}]' }),
  both('a 200 with MiniMax’s verdict of failure', 'rescued', { body: '{"base_resp":{"status_code":1000,"status_msg":"unknown error"}}' }),
  both('the answer beside an error that is null', 'answered', { body: WHOLE.replace('"id"', '"error":null,"id"') }),
  both('the answer without its usage', 'answered', { usage: null }),
  both('the answer byte by byte', 'answered', { body: WHOLE, bytesPerWrite: 1 }),
  both('the answer after blank lines', 'answered', { body: `\n\n\n${WHOLE}\n` }),
  both('the answer with a 201', 'answered', { status: 201, body: WHOLE }),
];
