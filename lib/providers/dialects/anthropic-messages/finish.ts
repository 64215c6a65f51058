const FINISH: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  pause_turn: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
};

/** A stop reason in OpenAI's words; an unknown one is a stop, and stays readable as `native_finish_reason`. */
export function chatFinish(stopReason: string): string {
  return FINISH[stopReason] ?? 'stop';
}
