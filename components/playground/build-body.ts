import { presetFields } from '@/lib/kernel/preset';
import type { Settings, Turn } from './types';

export interface ChatBody {
  model: string;
  messages: { role: 'system' | 'user' | 'assistant'; content: unknown; tool_calls?: unknown }[];
  [field: string]: unknown;
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
    ...presetFields(settings),
  };
}

function contentOf(text: string, images: readonly string[]): unknown {
  if (images.length === 0) return text;
  return [{ type: 'text', text }, ...images.map((url) => ({ type: 'image_url', image_url: { url } }))];
}
