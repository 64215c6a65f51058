/** An object of ours as the management API writes it: keys in snake_case, values as they are. */
export function toSnakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toSnakeCase);
  if (value === null || typeof value !== 'object') return value;
  // The names of tags are the caller's own.
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [snakeCase(key), key === 'tags' ? inner : toSnakeCase(inner)]));
}

export function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/(write)(1h)$/, '$1_$2');
}
