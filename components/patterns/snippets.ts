export const SNIPPET_LANGUAGES = ['curl', 'python', 'typescript'] as const;
export type SnippetLanguage = (typeof SNIPPET_LANGUAGES)[number];

export const SNIPPET_NAMES: Record<SnippetLanguage, string> = { curl: 'curl', python: 'Python', typescript: 'TypeScript' };

export interface SnippetInput {
  /** Ends in /v1. */
  baseUrl: string;
  apiKey: string;
  model: string;
  prompt: string;
}

/** A call that works as it stands: real address, real key, chosen model. */
export function writeSnippet(language: SnippetLanguage, { baseUrl, apiKey, model, prompt }: SnippetInput): string {
  const text = JSON.stringify(prompt);
  if (language === 'curl') {
    return `curl ${baseUrl}/chat/completions \\
  -H "Authorization: Bearer ${apiKey}" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "${model}", "messages": [{"role": "user", "content": ${text.replaceAll("'", "'\\''")}}]}'`;
  }
  if (language === 'python') {
    return `from openai import OpenAI

client = OpenAI(
    base_url="${baseUrl}",
    api_key="${apiKey}",
)
reply = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": ${text}}],
)
print(reply.choices[0].message.content)`;
  }
  return `import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: '${baseUrl}',
  apiKey: '${apiKey}',
});
const reply = await client.chat.completions.create({
  model: '${model}',
  messages: [{ role: 'user', content: ${text} }],
});
console.log(reply.choices[0].message.content);`;
}
