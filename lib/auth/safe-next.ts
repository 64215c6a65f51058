/**
 * Where to go after signing in: a path of this site, or `fallback`. Anything a browser could read as another
 * host (`//evil`, `/\evil`, a scheme, control characters) is refused.
 */
export function safeNext(next: unknown, fallback: string): string {
  if (typeof next !== 'string' || next.length > 2_000 || !/^\/(?![/\\])[^\\\u0000-\u001f]*$/.test(next)) return fallback;
  return /^\/(sign-in|sign-up)(?:[/?#]|$)/.test(next) ? fallback : next;
}
