import { FairleadError } from '@/lib/kernel/errors';

/** What a route of the management API belongs to; `installation` is the operator's side. */
export const SCOPE_AREAS = ['keys', 'members', 'budgets', 'requests', 'usage', 'billing', 'models', 'alerts', 'audit', 'installation'] as const;
export type ScopeArea = (typeof SCOPE_AREAS)[number];
export type Scope = `${ScopeArea}:${'read' | 'write'}`;

/** Areas that have nothing to change. */
const READ_ONLY: ReadonlySet<ScopeArea> = new Set(['requests', 'usage', 'billing', 'models', 'audit']);

/** Every scope a management key can be limited to. A key without scopes may do everything on its side. */
export const SCOPES: readonly Scope[] = SCOPE_AREAS.flatMap((area) => (READ_ONLY.has(area) ? [`${area}:read` as const] : [`${area}:read` as const, `${area}:write` as const]));

/** Whether a key with these scopes may do that; an empty list means everything, and write includes read. */
export function hasScope(scopes: readonly string[], wanted: Scope): boolean {
  if (scopes.length === 0) return true;
  return scopes.includes(wanted) || (wanted.endsWith(':read') && scopes.includes(wanted.replace(/:read$/, ':write')));
}

export function requireScope(scopes: readonly string[], wanted: Scope): void {
  if (!hasScope(scopes, wanted)) throw new FairleadError('forbidden', `This management key does not have the scope ${wanted}; it has ${scopes.join(', ')}.`);
}

/** Whether a key limited to `mine` would hand out more than it has by making or rotating a key limited to `theirs`. */
export function exceedsScopes(mine: readonly string[], theirs: readonly string[]): boolean {
  if (mine.length === 0) return false;
  return theirs.length === 0 || theirs.some((scope) => !hasScope(mine, scope as Scope));
}
