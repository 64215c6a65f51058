import type { SurfaceCodec } from '../contract';
import { NativeMessagesWriter } from './native-writer';
import { parseMessages } from './parse';
import { MessagesStreamWriter } from './stream-writer';
import { messagesToChat } from './to-chat';
import { wholeMessage } from './whole';

/** `/v1/messages`: named events that end with message_stop, or with an error event; there is no `[DONE]`. */
export const messages: SurfaceCodec = {
  surface: 'messages',
  kind: 'chat',
  parse: parseMessages,
  toChat: messagesToChat,
  stream: (context) => (context.native ? new NativeMessagesWriter(context) : new MessagesStreamWriter(context)),
  whole: wholeMessage,
};
