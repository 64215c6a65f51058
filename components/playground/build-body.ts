import type { Settings, Turn } from './types';

export interface ChatBody {
  model: string;
  messages: { role: 'system' | 'user' | 'assistant'; content: unknown; tool_calls?: unknown }[];
  [field: string]: unknown;
}

/** Which of the settings cannot be sent as typed; null when all can. */
export function findFault(settings: Settings): keyof Settings | null {
  if (!isNumber(settings.temperature, 0, 2)) return 'temperature';
  if (!isNumber(settings.topP, 0, 1)) return 'topP';
  if (settings.maxTokens.trim() !== '' && !/^[1-9]\d{0,8}$/.test(settings.maxTokens.trim())) return 'maxTokens';
  if (settings.tools.trim() !== '' && !Array.isArray(parse(settings.tools))) return 'tools';
  return null;
}

/** The request a column makes next: what the page sends, and what "View code" shows. */
export function buildBody(model: string, turns: readonly Pick<Turn, 'question' | 'images' | 'answer'>[], question: { text: string; images: readonly string[] }, settings: Settings): ChatBody {
  const messages: ChatBody['messages'] = [];
  if (settings.system.trim() !== '') messages.push({ role: 'system', content: settings.system });
  for (const turn of turns) {
    // An answer that failed, or that asks for a tool nobody ran, cannot be part of what follows.
    if (turn.answer.text === '') continue;
    messages.push({ role: 'user', content: contentOf(turn.question, turn.images) }, { role: 'assistant', content: turn.answer.text });
  }
  messages.push({ role: 'user', content: contentOf(question.text, question.images) });
  return {
    model,
    messages,
    ...(settings.temperature.trim() === '' ? {} : { temperature: Number(settings.temperature) }),
    ...(settings.topP.trim() === '' ? {} : { top_p: Number(settings.topP) }),
    ...(settings.maxTokens.trim() === '' ? {} : { max_tokens: Number(settings.maxTokens) }),
    ...(settings.tools.trim() === '' ? {} : { tools: parse(settings.tools) }),
    ...(settings.json ? { response_format: { type: 'json_object' } } : {}),
  };
}

function contentOf(text: string, images: readonly string[]): unknown {
  if (images.length === 0) return text;
  return [{ type: 'text', text }, ...images.map((url) => ({ type: 'image_url', image_url: { url } }))];
}

function isNumber(text: string, min: number, max: number): boolean {
  if (text.trim() === '') return true;
  const value = Number(text);
  return Number.isFinite(value) && value >= min && value <= max;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
