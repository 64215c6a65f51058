import { describe, expect, it } from 'vitest';
import type { EncodeTarget } from '../../contract';
import { decode } from './decode';
import { encode } from './encode';

const HI = [{ role: 'user', content: 'hi' }];
const WEATHER = { type: 'function', function: { name: 'get_weather', description: 'Weather of a city', parameters: { type: 'object', properties: { city: { $ref: '#/$defs/City' } }, $defs: { City: { type: 'string' } } } } };

function translate(body: Record<string, unknown>, target: Partial<EncodeTarget> = {}) {
  const call = { surface: 'chat' as const, body: { model: 'fast-chat', ...body }, stream: body.stream === true, wantsUsage: false };
  const encoded = encode(call, { upstreamModel: 'gemini-3.6-flash', quirks: {}, ...target });
  return { ...encoded, sent: JSON.parse(String(encoded.body)) as Record<string, unknown> };
}

const refusal = (body: Record<string, unknown>) => {
  try {
    translate(body);
  } catch (error) {
    return error as { code: string; extras: { param?: string } };
  }
  throw new Error('the call was not refused');
};

describe('a chat call to a Gemini model', () => {
  it('F01 sends instructions, turns, media and sampling in its own words', () => {
    const { path, sent, notes } = translate({
      stream: true,
      stop: ['END'],
      max_tokens: 100,
      temperature: 0.2,
      top_p: 0.9,
      seed: 7,
      presence_penalty: 0.5,
      user: 'u-1',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'developer', content: 'Speak French.' },
        { role: 'user', content: 'Look:' },
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
            { type: 'image_url', image_url: { url: 'https://example.com/cat.webp?x=1' } },
            { type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'wav' } },
          ],
        },
        { role: 'assistant', content: 'Oui.' },
      ],
    });
    expect(path).toBe('/v1beta/models/gemini-3.6-flash:streamGenerateContent?alt=sse');
    expect(sent).toEqual({
      systemInstruction: { parts: [{ text: 'Be brief.' }, { text: 'Speak French.' }] },
      contents: [
        {
          role: 'user',
          parts: [
            { text: 'Look:' },
            { inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } },
            { fileData: { mimeType: 'image/webp', fileUri: 'https://example.com/cat.webp?x=1' } },
            { inlineData: { mimeType: 'audio/wav', data: 'UklGRg==' } },
          ],
        },
        { role: 'model', parts: [{ text: 'Oui.' }] },
      ],
      generationConfig: { maxOutputTokens: 100, temperature: 0.2, topP: 0.9, seed: 7, presencePenalty: 0.5, stopSequences: ['END'] },
    });
    expect(notes).toBeUndefined();
    expect(translate({ messages: HI }, { upstreamModel: 'models/gemini-x', quirks: { modelsPath: '/models' } }).path).toBe('/models/gemini-x:generateContent');
  });

  it('F06 maps every tool choice, keeps the schema of a tool, and refuses a wish for single calls', () => {
    const choice = (tool_choice: unknown) => translate({ messages: HI, tools: [WEATHER], tool_choice }).sent.toolConfig;
    expect(translate({ messages: HI, tools: [WEATHER] }).sent.tools).toEqual([
      { functionDeclarations: [{ name: 'get_weather', description: 'Weather of a city', parametersJsonSchema: WEATHER.function.parameters }] },
    ]);
    expect(choice('auto')).toEqual({ functionCallingConfig: { mode: 'AUTO' } });
    expect(choice('none')).toEqual({ functionCallingConfig: { mode: 'NONE' } });
    expect(choice('required')).toEqual({ functionCallingConfig: { mode: 'ANY' } });
    expect(choice({ type: 'function', function: { name: 'get_weather' } })).toEqual({ functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['get_weather'] } });
    expect(refusal({ messages: HI, tools: [WEATHER], parallel_tool_calls: false })).toMatchObject({ code: 'unsupported_parameter', extras: { param: 'parallel_tool_calls' } });
    expect(translate({ messages: HI, tools: [WEATHER, { type: 'web_search' }] }).notes).toEqual([{ param: 'tools[1]', did: 'removed web_search' }]);
    const own = translate({ messages: HI, tools: [{ google_search: {} }, { type: 'web_search' }, { codeExecution: {} }], tool_choice: 'auto' });
    expect([own.sent.tools, own.sent.toolConfig]).toEqual([[{ google_search: {} }, { codeExecution: {} }], undefined]);
    expect(own.notes).toEqual([{ param: 'tools[1]', did: 'removed web_search' }]);
    expect(refusal({ messages: HI, tools: [{ type: 'custom', name: 'patch' }] }).extras.param).toBe('tools[0].type');
    expect(translate({ messages: HI, n: 3 }).sent.generationConfig).toEqual({ candidateCount: 3 });
    for (const [field, value] of [['n', 9], ['logprobs', true], ['logit_bias', { 5: 1 }]] as const) expect(refusal({ messages: HI, [field]: value }).extras.param).toBe(field);
  });

  it('F07 keeps to a JSON schema in its own form, and refuses what it could not keep to', () => {
    const schema = {
      type: 'object',
      properties: { name: { type: ['string', 'null'] }, kind: { const: 'person' }, home: { $ref: '#/$defs/Place' }, age: { anyOf: [{ type: 'integer', minimum: 0 }, { type: 'null' }] } },
      required: ['name'],
      additionalProperties: false,
      $defs: { Place: { type: 'object', properties: { city: { type: 'string' } }, additionalProperties: false } },
    };
    const format = (inner: object) => ({ messages: HI, response_format: { type: 'json_schema', json_schema: { name: 'person', schema: inner } } });
    expect(translate(format(schema)).sent.generationConfig).toEqual({
      responseMimeType: 'application/json',
      responseSchema: {
        type: 'object',
        properties: {
          name: { type: 'string', nullable: true },
          kind: { enum: ['person'] },
          home: { type: 'object', properties: { city: { type: 'string' } } },
          age: { type: 'integer', minimum: 0, nullable: true },
        },
        required: ['name'],
      },
    });
    expect(translate({ messages: HI, response_format: { type: 'json_object' } }).sent.generationConfig).toEqual({ responseMimeType: 'application/json' });
    expect(refusal(format({ type: 'object', properties: { a: { oneOf: [] } } })).extras.param).toBe('response_format.json_schema.schema.properties.a.oneOf');
    expect(refusal(format({ $ref: '#/$defs/A', $defs: { A: { type: 'object', properties: { a: { $ref: '#/$defs/A' } } } } })).code).toBe('unsupported_parameter');
  });

  it('says a wish for reasoning as a level, or as a budget to older models', () => {
    const think = (body: Record<string, unknown>, upstreamModel = 'gemini-3.6-flash') => (translate({ messages: HI, ...body }, { upstreamModel }).sent.generationConfig as { thinkingConfig?: object } | undefined)?.thinkingConfig;
    expect(think({})).toBeUndefined();
    expect(think({ reasoning_effort: 'low' })).toEqual({ thinkingLevel: 'low', includeThoughts: true });
    expect(think({ reasoning_effort: 'none' })).toEqual({ thinkingLevel: 'minimal' });
    expect(think({ reasoning_effort: 'low' }, 'gemini-2.5-flash')).toEqual({ thinkingBudget: 1_024, includeThoughts: true });
    expect(think({ reasoning_effort: 'none' }, 'gemini-2.5-flash')).toEqual({ thinkingBudget: 0 });
    expect(translate({ messages: HI, reasoning_effort: 'max' }).notes).toEqual([{ param: 'reasoning_effort', did: 'thinkingLevel=high' }]);
  });

  it('F10 carries thought signatures through a loop of two tool turns, opaque', () => {
    const part = (name: string, thoughtSignature: string) => ({ functionCall: { name, args: { city: 'Paris' } }, thoughtSignature });
    const answer = (id: string, parts: object[]) => Buffer.from(JSON.stringify({ candidates: [{ content: { parts, role: 'model' }, finishReason: 'STOP' }], responseId: id }));
    const message = (bytes: Buffer) => {
      const reply = decode('chat', bytes, {});
      if ('fault' in reply) throw new Error(reply.fault.message);
      return (reply.json.choices as { message: { tool_calls: { id: string }[] } }[])[0]?.message ?? { tool_calls: [] };
    };
    const first = message(answer('r1', [part('get_weather', 'c2lnLTE='), { functionCall: { name: 'get_time', args: {} } }]));
    const second = message(answer('r2', [part('get_weather', 'c2lnLTI=')]));
    const result = (id: string | undefined, content: string) => ({ role: 'tool', tool_call_id: id, content });
    const [a, b] = first.tool_calls;
    const { sent } = translate({
      tools: [WEATHER],
      messages: [...HI, first, result(a?.id, '{"celsius":18}'), result(b?.id, 'noon'), second, result(second.tool_calls[0]?.id, '[1]')],
    });
    expect(sent.contents).toEqual([
      { role: 'user', parts: [{ text: 'hi' }] },
      { role: 'model', parts: [part('get_weather', 'c2lnLTE='), { functionCall: { name: 'get_time', args: {} } }] },
      {
        role: 'user',
        parts: [{ functionResponse: { name: 'get_weather', response: { celsius: 18 } } }, { functionResponse: { name: 'get_time', response: { result: 'noon' } } }],
      },
      { role: 'model', parts: [part('get_weather', 'c2lnLTI=')] },
      { role: 'user', parts: [{ functionResponse: { name: 'get_weather', response: { result: '[1]' } } }] },
    ]);
    const foreign = { role: 'assistant', content: null, tool_calls: [{ id: 'x', type: 'function', function: { name: 'get_weather', arguments: '' } }] };
    const skipped = translate({ messages: [...HI, foreign, result('x', '18')] }).sent.contents as { parts: object[] }[];
    expect(skipped[1]?.parts).toEqual([{ functionCall: { name: 'get_weather', args: {} }, thoughtSignature: 'skip_thought_signature_validator' }]);
    expect(refusal({ messages: [...HI, result('nobody', '1')] }).extras.param).toBe('messages[1].tool_call_id');
  });

  it('embeds several texts in one request', () => {
    const call = { surface: 'embeddings' as const, body: { model: 'e', input: ['a', 'b'], dimensions: 256 }, stream: false, wantsUsage: false };
    const encoded = encode(call, { upstreamModel: 'gemini-embedding-2', quirks: {} });
    expect(encoded.path).toBe('/v1beta/models/gemini-embedding-2:batchEmbedContents');
    expect(JSON.parse(String(encoded.body))).toEqual({
      requests: ['a', 'b'].map((text) => ({ model: 'models/gemini-embedding-2', content: { parts: [{ text }] }, outputDimensionality: 256 })),
    });
    expect(decode('embeddings', Buffer.from('{"embeddings":[{"values":[0.5]},{"values":[1]}]}'), {})).toMatchObject({
      json: { object: 'list', data: [{ index: 0, embedding: [0.5] }, { index: 1, embedding: [1] }] },
      usage: null,
    });
  });
});
