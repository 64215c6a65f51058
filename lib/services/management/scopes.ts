import { FairleadError } from '@/lib/kernel/errors';

/** What the routes of an organization's side belong to. */
export const ORG_AREAS = ['keys', 'members', 'budgets', 'requests', 'usage', 'billing', 'models', 'alerts', 'audit'] as const;
/** What the routes of the operator's side belong to; `installation` is all of them together. */
export const OPERATOR_AREAS = [
  'installation',
  'providers',
  'models',
  'prices',
  'aliases',
  'plans',
  'budgets',
  'orgs',
  'config',
  'settings',
  'keys',
  'audit',
  'requests',
  'usage',
  'billing',
] as const;
export type OrgArea = (typeof ORG_AREAS)[number];
export type OperatorArea = (typeof OPERATOR_AREAS)[number];
export type Scope = `${OrgArea | OperatorArea}:${'read' | 'write'}`;

/** Areas that have nothing to change. */
const READ_ONLY: ReadonlySet<string> = new Set(['requests', 'usage', 'billing', 'audit']);

/** Every scope that an organization's management key can be limited to. A key without scopes may do everything on its side. */
export const ORG_KEY_SCOPES: readonly Scope[] = ORG_AREAS.flatMap((area) =>
  READ_ONLY.has(area) || area === 'models' ? [`${area}:read` as const] : [`${area}:read` as const, `${area}:write` as const],
);

/** Every scope that an operator's management key can be limited to. */
export const OPERATOR_KEY_SCOPES: readonly Scope[] = OPERATOR_AREAS.flatMap((area) =>
  READ_ONLY.has(area) ? [`${area}:read` as const] : [`${area}:read` as const, `${area}:write` as const],
);

/** For a schema that takes a list of them. */
export const asChoices = (scopes: readonly Scope[]) => scopes as unknown as [Scope, ...Scope[]];

/** Whether a key with these scopes may do that; an empty list means everything, and write includes read. */
export function hasScope(scopes: readonly string[], wanted: Scope): boolean {
  if (scopes.length === 0) return true;
  return scopes.includes(wanted) || (wanted.endsWith(':read') && scopes.includes(wanted.replace(/:read$/, ':write')));
}

export function requireScope(scopes: readonly string[], wanted: Scope): void {
  if (!hasScope(scopes, wanted)) throw new FairleadError('forbidden', `This management key does not have the scope ${wanted}; it has ${scopes.join(', ')}.`);
}

/** Whether an operator's key may do that: `installation` stands for every area of its side. */
export function requireOperatorScope(scopes: readonly string[], area: OperatorArea, access: 'read' | 'write'): void {
  if (!hasScope(scopes, `installation:${access}`)) requireScope(scopes, `${area}:${access}`);
}

/** Whether a key limited to `mine` would hand out more than it has by making or rotating a key limited to `theirs`. */
export function exceedsScopes(mine: readonly string[], theirs: readonly string[]): boolean {
  if (mine.length === 0) return false;
  return (
    theirs.length === 0 ||
    theirs.some((scope) => !hasScope(mine, scope as Scope) && !hasScope(mine, scope.endsWith(':write') ? 'installation:write' : 'installation:read'))
  );
}
