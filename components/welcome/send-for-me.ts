export interface Sent {
  status: number;
  /** The answer's text, or the error's message. */
  text: string;
}

/** Makes the real call of the snippet from this browser, with the key that is on the page. */
export async function sendForMe({ key, model, prompt }: { key: string; model: string; prompt: string }): Promise<Sent> {
  try {
    const response = await fetch('/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages: [{ role: 'user', content: prompt }] }),
    });
    const body = await response.json().catch(() => null);
    const text = response.ok ? body?.choices?.[0]?.message?.content : body?.error?.message;
    return { status: response.status, text: typeof text === 'string' ? text : '' };
  } catch (error) {
    return { status: 0, text: error instanceof Error ? error.message : '' };
  }
}
