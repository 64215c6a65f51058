import type { SnippetLanguage } from '@/components/patterns/snippets';
import type { ChatBody } from './build-body';

/** The call of a column as code that runs as it stands, with the key in the environment. Images are shortened: nobody reads them. */
export function codeOfCall(language: SnippetLanguage, baseUrl: string, body: ChatBody): string {
  if (language === 'curl') {
    return `curl ${baseUrl}/chat/completions \\
  -H "Authorization: Bearer $FAIRLEAD_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '${JSON.stringify(body, shorten, 2).replaceAll("'", "'\\''")}'`;
  }
  const fields = Object.entries(body);
  if (language === 'python') {
    return `import os
from openai import OpenAI

client = OpenAI(base_url="${baseUrl}", api_key=os.environ["FAIRLEAD_API_KEY"])
reply = client.chat.completions.create(
${fields.map(([name, value]) => `    ${name}=${indent(asPython(value), 4)},`).join('\n')}
)
print(reply.choices[0].message.content)`;
  }
  return `import { env } from 'node:process';
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: '${baseUrl}', apiKey: env.FAIRLEAD_API_KEY });
const reply = await client.chat.completions.create(${JSON.stringify(body, shorten, 2)});
console.log(reply.choices[0].message.content);`;
}

function shorten(_: string, value: unknown): unknown {
  return typeof value === 'string' && value.startsWith('data:') ? `${value.slice(0, value.indexOf(',') + 1)}…` : value;
}

/** JSON differs from Python in three words only, which must not be touched inside strings. */
function asPython(value: unknown): string {
  return JSON.stringify(value, shorten, 4).replace(/"(?:[^"\\]|\\.)*"|\btrue\b|\bfalse\b|\bnull\b/g, (token) => ({ true: 'True', false: 'False', null: 'None' })[token] ?? token);
}

function indent(text: string, by: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(by)}`);
}
