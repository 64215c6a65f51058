import type { SurfaceCodec } from '../contract';
import { NativeResponsesWriter } from './native-writer';
import { parseResponses } from './parse';
import { ResponsesStreamWriter } from './stream-writer';
import { responsesToChat } from './to-chat';
import { wholeResponse } from './whole';

/** `/v1/responses`: the events end with completed, incomplete or failed; there is no `[DONE]`. */
export const responses: SurfaceCodec = {
  surface: 'responses',
  kind: 'chat',
  parse: parseResponses,
  toChat: responsesToChat,
  stream: (context) => (context.native ? new NativeResponsesWriter(context) : new ResponsesStreamWriter(context)),
  whole: wholeResponse,
};
