/** A call that works on a fresh installation, for empty pages. The key is a variable: a page never knows it. */
export function firstCall(baseUrl: string): string {
  return [
    `curl ${baseUrl}/v1/chat/completions`,
    '  -H "Authorization: Bearer $FAIRLEAD_API_KEY"',
    '  -H "Content-Type: application/json"',
    `  -d '{"model":"fast-chat","messages":[{"role":"user","content":"Hello"}]}'`,
  ].join(' \\\n');
}
