import type { Change, FieldChange } from './diff-state';

const SIGNS = { add: '+', change: '~', remove: '-' } as const;

/** A plan for people: one line per item (+ added, ~ changed, - removed), one per changed field, and the count. */
export function renderPlan(changes: readonly Change[]): string {
  if (changes.length === 0) return 'No changes';
  const lines = changes.flatMap((change) => [
    `${SIGNS[change.op]} ${change.type === 'settings' ? 'settings' : `${change.type} ${change.id}`}`,
    ...change.fields.filter((field) => change.op === 'change' || !isEmptyOrTold(change, field)).map((field) => `    ${renderField(change.op, field)}`),
  ]);
  const count = (op: Change['op']): number => changes.filter((change) => change.op === op).length;
  return [...lines, '', `${count('add')} to add, ${count('change')} to change, ${count('remove')} to remove`].join('\n');
}

function renderField(op: Change['op'], { field, before, after }: FieldChange): string {
  return op === 'change' ? `${field}: ${show(before)} → ${show(after)}` : `${field}: ${show(after)}`;
}

/** Of a new item only what it has is told, and its name not twice. */
function isEmptyOrTold(change: Change, { field, after }: FieldChange): boolean {
  return after === null || (Array.isArray(after) && after.length === 0) || ((field === 'id' || field === 'name') && after === change.id);
}

function show(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(showElement).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function showElement(element: unknown): string {
  if (typeof element !== 'object' || element === null) return String(element);
  const { model, ...rest } = element as Record<string, unknown>;
  const options = Object.entries(rest).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  return model === undefined ? JSON.stringify(element) : `${String(model)}${options.length > 0 ? ` (${options.join(', ')})` : ''}`;
}
