/** What a form's fields hold, as an action wants it. */
export function readForm(form: FormData) {
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  return {
    text,
    /** Null when the field is empty. */
    optional: (name: string): string | null => text(name) || null,
    /** A whole number, or null when the field is empty. */
    whole: (name: string): number | null => (text(name) === '' ? null : Number(text(name))),
    checked: (name: string): boolean => form.get(name) !== null,
    /** A list, one entry a line or between commas. */
    list: (name: string): string[] => text(name).split(/[\n,]/).map((part) => part.trim()).filter(Boolean),
  };
}
