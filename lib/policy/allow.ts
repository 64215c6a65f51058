/** Whether `name` matches a pattern of a plan's list: an exact name, or one with `*` for any run of characters. */
export function matchesPattern(name: string, pattern: string): boolean {
  if (pattern === '*' || pattern === name) return true;
  if (!pattern.includes('*')) return false;
  const parts = pattern.split('*');
  const first = parts[0] as string;
  const last = parts[parts.length - 1] as string;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found === -1 || found + part.length > name.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

export type AllowVerdict = { allowed: true } | { allowed: false; by: 'plan_deny' | 'plan_allow' | 'key' };

/**
 * Narrowing order: the plan's deny list, its allow list, then the key's own list; nothing below lifts what stands above.
 * `name` is what the client called: an alias or a model id.
 */
export function explainAllowed(name: string, plan: { allow: readonly string[]; deny: readonly string[] }, keyModels: readonly string[] | null): AllowVerdict {
  if (plan.deny.some((pattern) => matchesPattern(name, pattern))) return { allowed: false, by: 'plan_deny' };
  if (!plan.allow.some((pattern) => matchesPattern(name, pattern))) return { allowed: false, by: 'plan_allow' };
  if (keyModels && !keyModels.some((pattern) => matchesPattern(name, pattern))) return { allowed: false, by: 'key' };
  return { allowed: true };
}
