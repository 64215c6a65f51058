import type { DecodedReply } from '@/lib/providers/contract';
import { rewriteModel } from '@/lib/providers/dialects/openai-chat';
import { parseBody } from '@/lib/wire';
import type { AnswerContext, SurfaceCodec } from '../contract';
import { ChatStreamWriter } from './stream-writer';

/** `/v1/chat/completions`: the canonical form, so nothing is translated. */
export const chat: SurfaceCodec = {
  surface: 'chat',
  kind: 'chat',
  parse: (bytes) => parseBody('chat', bytes),
  stream: (context) => new ChatStreamWriter(context, 'chat.completion.chunk'),
  whole: withOurModel,
};

/** `/v1/completions`: carried by targets that still speak it. */
export const completions: SurfaceCodec = {
  surface: 'completions',
  kind: 'chat',
  parse: (bytes) => parseBody('completions', bytes),
  stream: (context) => new ChatStreamWriter(context, 'text_completion'),
  whole: withOurModel,
};

/** The provider's own bytes, but for the name of the model. */
function withOurModel(reply: DecodedReply, { model }: AnswerContext): string {
  return rewriteModel(reply.frame, reply.json, model);
}
