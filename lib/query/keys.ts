/** React Query keys. Everything of one organization begins with its slug. */
export const queryKeys = {
  requests: (org: string, query: object) => [org, 'requests', compact(query)] as const,
  request: (org: string, id: string) => [org, 'request', id] as const,
  histogram: (org: string, query: object) => [org, 'histogram', compact(query)] as const,
  counts: (org: string, query: object) => [org, 'counts', compact(query)] as const,
  facets: (org: string) => [org, 'facets'] as const,
  usage: (org: string, query: object) => [org, 'usage', compact(query)] as const,
  attempts: (org: string, query: object) => [org, 'attempts', compact(query)] as const,
  simple: (org: string, query: object) => [org, 'simple', compact(query)] as const,
  hours: (org: string, query: object) => [org, 'hours', compact(query)] as const,
  latency: (org: string, query: object) => [org, 'latency', compact(query)] as const,
};

/** The server reads absent parameters as undefined, the browser as null: both are the same view. */
function compact(query: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query)
      .filter(([, value]) => value !== null && value !== undefined && value !== '')
      .sort(),
  );
}
