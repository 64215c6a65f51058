const LIMITS = ['max_completion_tokens', 'max_tokens', 'max_output_tokens'] as const;

/** The smallest output limit that a client set, whatever its surface calls it; null when it set none. */
export function outputLimitOf(body: Readonly<Record<string, unknown>>): number | null {
  let limit: number | null = null;
  for (const name of LIMITS) {
    const value = body[name];
    if (typeof value === 'number' && (limit === null || value < limit)) limit = value;
  }
  return limit;
}
