const FINISH: Readonly<Record<string, string>> = {
  MAX_TOKENS: 'length',
  SAFETY: 'content_filter',
  RECITATION: 'content_filter',
  BLOCKLIST: 'content_filter',
  PROHIBITED_CONTENT: 'content_filter',
  SPII: 'content_filter',
  IMAGE_SAFETY: 'content_filter',
};

/** A finish reason in OpenAI's words. Gemini has none for a call of tools: it stops, and the calls are in the answer. */
export function chatFinish(reason: string, calledTools: boolean): string {
  return FINISH[reason] ?? (calledTools ? 'tool_calls' : 'stop');
}
