import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

/** What a call asks for, in no family's words. */
export interface Wish {
  model: string;
  text: string;
  /** base64 of a PNG. */
  image?: string;
  tools?: boolean;
  /** Asks for JSON of this schema. */
  schema?: Record<string, unknown>;
  effort?: 'high';
  /** The turn before, as this client's own answer tells it, with the result of each of its calls. */
  after?: Heard;
}

/** An answer as a client of any family hears it. */
export interface Heard {
  text: string;
  reasoning: string;
  calls: { id: string; name: string; arguments: unknown }[];
  stop: 'end' | 'length' | 'tools' | 'filtered';
  usage: { input: number; cached: number; output: number };
  /** What the client sends back for the turn to go on. */
  turn: unknown;
}

export interface Client {
  ask(wish: Wish): Promise<Heard>;
  stream(wish: Wish): Promise<Heard>;
}

const PARAMETERS = { type: 'object' as const, properties: { city: { type: 'string' } } };
const NAMES = ['get_weather', 'get_time'];

/** The official client of each family, pointed at the gateway. */
export function officialClients(baseUrl: string, apiKey: string): Record<'chat' | 'responses' | 'messages', Client> {
  const openai = new OpenAI({ baseURL: baseUrl, apiKey, maxRetries: 0 });
  const anthropic = new Anthropic({ baseURL: baseUrl.replace(/\/v1$/, ''), apiKey, maxRetries: 0 });
  return {
    chat: {
      ask: async (wish) => heardInChat(await openai.chat.completions.create(chatBody(wish))),
      stream: (wish) => streamInChat(openai, wish),
    },
    responses: {
      ask: async (wish) => heardInResponses(await openai.responses.create(responsesBody(wish))),
      stream: async (wish) => heardInResponses(await openai.responses.stream({ ...responsesBody(wish), stream: true }).finalResponse()),
    },
    messages: {
      ask: async (wish) => heardInMessages(await anthropic.messages.create(messagesBody(wish))),
      stream: async (wish) => heardInMessages(await anthropic.messages.stream(messagesBody(wish)).finalMessage()),
    },
  };
}

const dataUrl = (image: string) => `data:image/png;base64,${image}`;

function chatBody({ model, text, image, tools, schema, effort, after }: Wish): OpenAI.Chat.ChatCompletionCreateParamsNonStreaming {
  const content = image ? [{ type: 'text' as const, text }, { type: 'image_url' as const, image_url: { url: dataUrl(image) } }] : text;
  const results = (after?.calls ?? []).map(({ id, name }) => ({ role: 'tool' as const, tool_call_id: id, content: `result of ${name}` }));
  return {
    model,
    messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content }, ...(after ? [after.turn as OpenAI.Chat.ChatCompletionMessageParam, ...results] : [])],
    ...(tools ? { tools: NAMES.map((name) => ({ type: 'function' as const, function: { name, parameters: PARAMETERS } })) } : null),
    ...(schema ? { response_format: { type: 'json_schema' as const, json_schema: { name: 'answer', strict: true, schema } } } : null),
    ...(effort ? { reasoning_effort: effort } : null),
  };
}

/** The client puts together what it knows; reasoning it does not, so that is gathered beside it. */
async function streamInChat(openai: OpenAI, wish: Wish): Promise<Heard> {
  let reasoning = '';
  const stream = openai.chat.completions.stream({ ...chatBody(wish), stream: true, stream_options: { include_usage: true } });
  stream.on('chunk', ({ choices }) => {
    reasoning += (choices[0]?.delta as { reasoning_content?: string } | undefined)?.reasoning_content ?? '';
  });
  const heard = heardInChat(await stream.finalChatCompletion());
  return { ...heard, reasoning, turn: { ...(heard.turn as object), ...(reasoning ? { reasoning_content: reasoning } : null) } };
}

const CHAT_STOPS: Record<string, Heard['stop']> = { stop: 'end', length: 'length', tool_calls: 'tools', content_filter: 'filtered' };

function heardInChat({ choices, usage }: OpenAI.Chat.ChatCompletion): Heard {
  const [choice] = choices;
  const message = choice?.message as OpenAI.Chat.ChatCompletionMessage & { reasoning_content?: string };
  const calls = (message.tool_calls ?? []).flatMap((call) => (call.type === 'function' ? [{ id: call.id, name: call.function.name, arguments: JSON.parse(call.function.arguments) as unknown }] : []));
  const { content, tool_calls, reasoning_content, ...rest } = message;
  return {
    text: content ?? '',
    reasoning: reasoning_content ?? '',
    calls,
    stop: CHAT_STOPS[String(choice?.finish_reason)] ?? 'end',
    usage: { input: usage?.prompt_tokens ?? -1, cached: usage?.prompt_tokens_details?.cached_tokens ?? 0, output: usage?.completion_tokens ?? -1 },
    turn: { ...rest, content, ...(reasoning_content ? { reasoning_content } : null), ...(tool_calls?.length ? { tool_calls } : null) },
  };
}

function responsesBody({ model, text, image, tools, schema, effort, after }: Wish): OpenAI.Responses.ResponseCreateParamsNonStreaming {
  const content = [{ type: 'input_text' as const, text }, ...(image ? [{ type: 'input_image' as const, image_url: dataUrl(image), detail: 'auto' as const }] : [])];
  const results = (after?.calls ?? []).map(({ id, name }) => ({ type: 'function_call_output' as const, call_id: id, output: `result of ${name}` }));
  return {
    model,
    store: false,
    include: ['reasoning.encrypted_content'],
    instructions: 'Be brief.',
    input: [{ role: 'user', content }, ...(after ? [...(after.turn as OpenAI.Responses.ResponseInputItem[]), ...results] : [])],
    ...(tools ? { tools: NAMES.map((name) => ({ type: 'function' as const, name, parameters: PARAMETERS, strict: false })) } : null),
    ...(schema ? { text: { format: { type: 'json_schema' as const, name: 'answer', strict: true, schema } } } : null),
    ...(effort ? { reasoning: { effort } } : null),
  };
}

function heardInResponses(response: OpenAI.Responses.Response): Heard {
  const { output, usage, status, error, incomplete_details: why } = response;
  // The client tells of a failure in the answer itself, not by throwing.
  if (status === 'failed') throw new Error(error?.message ?? 'the response failed');
  const calls = output.flatMap((item) => (item.type === 'function_call' ? [{ id: item.call_id, name: item.name, arguments: JSON.parse(item.arguments) as unknown }] : []));
  return {
    text: response.output_text,
    reasoning: output.flatMap((item) => (item.type === 'reasoning' ? item.summary.map((part) => part.text) : [])).join(''),
    calls,
    stop: status === 'incomplete' ? (why?.reason === 'content_filter' ? 'filtered' : 'length') : calls.length > 0 ? 'tools' : 'end',
    usage: { input: usage?.input_tokens ?? -1, cached: usage?.input_tokens_details.cached_tokens ?? 0, output: usage?.output_tokens ?? -1 },
    turn: output,
  };
}

function messagesBody({ model, text, image, tools, schema, effort, after }: Wish): Anthropic.MessageCreateParamsNonStreaming {
  const source = { type: 'base64' as const, media_type: 'image/png' as const, data: image ?? '' };
  const results = (after?.calls ?? []).map(({ id, name }) => ({ type: 'tool_result' as const, tool_use_id: id, content: `result of ${name}` }));
  return {
    model,
    max_tokens: 4_000,
    system: 'Be brief.',
    messages: [
      { role: 'user', content: [{ type: 'text', text }, ...(image ? [{ type: 'image' as const, source }] : [])] },
      ...(after ? [{ role: 'assistant' as const, content: after.turn as Anthropic.ContentBlockParam[] }, { role: 'user' as const, content: results }] : []),
    ],
    ...(tools ? { tools: NAMES.map((name) => ({ name, input_schema: PARAMETERS })) } : null),
    ...(effort ? { thinking: { type: 'enabled' as const, budget_tokens: 2_000 } } : null),
    ...(schema || effort ? { output_config: { ...(schema ? { format: { type: 'json_schema' as const, schema } } : null), ...(effort ? { effort } : null) } } : null),
  };
}

const MESSAGE_STOPS: Record<string, Heard['stop']> = { end_turn: 'end', max_tokens: 'length', tool_use: 'tools', refusal: 'filtered' };

function heardInMessages({ content, stop_reason: stop, usage }: Anthropic.Message): Heard {
  return {
    text: content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join(''),
    reasoning: content.flatMap((block) => (block.type === 'thinking' ? [block.thinking] : [])).join(''),
    calls: content.flatMap((block) => (block.type === 'tool_use' ? [{ id: block.id, name: block.name, arguments: block.input }] : [])),
    stop: MESSAGE_STOPS[String(stop)] ?? 'end',
    // Anthropic counts what was cached beside the rest of the prompt.
    usage: { input: usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0), cached: usage.cache_read_input_tokens ?? 0, output: usage.output_tokens },
    turn: content,
  };
}
