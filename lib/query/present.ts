/** Drops what is absent: the browser says null where the server's schemas say undefined. */
export function present<T extends Record<string, unknown>>(query: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== null && value !== undefined)) as { [Name in keyof T]?: NonNullable<T[Name]> };
}
