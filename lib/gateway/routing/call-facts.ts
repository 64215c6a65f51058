import { isObject } from '@/lib/wire/call';
import { inputBoundOf } from '@/lib/wire';
import type { WireCall } from '@/lib/providers/contract';

/** Characters of the last user message that decide its language. */
const LANGUAGE_SAMPLE = 2_000;
/** From this share of its letters on, a text counts as Chinese: identifiers and code among them are common. */
const CHINESE_SHARE = 0.3;
/** Bytes of prompt per token, as an estimate. */
const BYTES_PER_TOKEN = 4;

/** What routing asks about a call. Each answer is looked for once, and only when some target asks. */
export class CallFacts {
  private tokens: number | null = null;
  private image: boolean | null = null;
  private lang: 'zh' | 'other' | null = null;

  constructor(
    private readonly call: WireCall,
    readonly plan: string,
    readonly user: string | null,
    readonly session: string | null,
    readonly tags: Readonly<Record<string, string>> | null,
    readonly region: string | null,
  ) {}

  /** Estimated prompt tokens. */
  get inputTokens(): number {
    return (this.tokens ??= Math.ceil(inputBoundOf(this.call) / BYTES_PER_TOKEN));
  }

  get tools(): boolean {
    const { tools, functions } = this.call.body;
    return (Array.isArray(tools) && tools.length > 0) || (Array.isArray(functions) && functions.length > 0);
  }

  get images(): boolean {
    return (this.image ??= this.messages().some((message) => isObject(message) && hasImage(message)));
  }

  get language(): 'zh' | 'other' {
    return (this.lang ??= languageOf(this.lastUserText()));
  }

  /** Whether the conversation ends in words of the assistant that the model is to go on from. */
  get prefill(): boolean {
    const last = this.messages().at(-1);
    return isObject(last) && last.role === 'assistant' && !Array.isArray(last.tool_calls);
  }

  private messages(): readonly unknown[] {
    const { messages, input } = this.call.body;
    return Array.isArray(messages) ? messages : Array.isArray(input) ? input : [];
  }

  private lastUserText(): string {
    const { input, prompt } = this.call.body;
    const messages = this.messages();
    for (let index = messages.length - 1; index >= 0; index--) {
      const message = messages[index];
      if (isObject(message) && message.role === 'user') return textOf(message.content);
    }
    return typeof prompt === 'string' ? prompt : typeof input === 'string' ? input : '';
  }
}

function hasImage(message: Record<string, unknown>): boolean {
  if (message.type === 'input_image') return true;
  if (!Array.isArray(message.content)) return false;
  return message.content.some((part) => isObject(part) && (part.type === 'image_url' || part.type === 'image' || part.type === 'input_image'));
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (isObject(part) && typeof part.text === 'string' ? part.text : '')).join(' ');
}

/** Han characters without Japanese kana or Korean among them are Chinese. */
export function languageOf(text: string): 'zh' | 'other' {
  const sample = text.slice(0, LANGUAGE_SAMPLE);
  const han = sample.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (han === 0 || /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(sample)) return 'other';
  const letters = sample.match(/\p{Letter}/gu)?.length ?? 0;
  return han / letters >= CHINESE_SHARE ? 'zh' : 'other';
}
