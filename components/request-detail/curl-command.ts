import type { RequestDetailJson } from '@/lib/query/types';

const PATHS: Record<string, string> = {
  chat: 'chat/completions',
  completions: 'completions',
  responses: 'responses',
  messages: 'messages',
  embeddings: 'embeddings',
  images: 'images/generations',
  speech: 'audio/speech',
  moderations: 'moderations',
  rerank: 'rerank',
};

/** The path of a surface below `/v1`; null for one whose body is no JSON. */
export function endpointOf(surface: string): string | null {
  return PATHS[surface] ?? null;
}

/** The request as a command that sends it again. The key is a variable: a key is never shown twice. Null without a whole body. */
export function curlCommand(request: Pick<RequestDetailJson, 'surface' | 'stream' | 'bodies'>, baseUrl: string): string | null {
  const path = endpointOf(request.surface);
  const body = request.bodies.request;
  if (!path || !body || body.truncated) return null;
  const flags = request.stream ? ' -N' : '';
  return [
    `curl${flags} ${baseUrl}/v1/${path}`,
    `  -H "Authorization: Bearer $FAIRLEAD_API_KEY"`,
    `  -H "Content-Type: application/json"`,
    `  -d '${body.text.replaceAll("'", `'\\''`)}'`,
  ].join(' \\\n');
}
