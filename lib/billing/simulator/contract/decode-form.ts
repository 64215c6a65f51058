/** A decoded form: text at the leaves, maps everywhere else (arrays are maps of their indexes until the schema says so). */
export type FormNode = string | Map<string, FormNode>;

/** Decodes Stripe's bracket form, `line_items[0][price]=x&expand[]=y`, without deciding yet what is an array. */
export function decodeForm(text: string): Map<string, FormNode> {
  const root = new Map<string, FormNode>();
  for (const [name, value] of new URLSearchParams(text)) {
    const path = splitName(name);
    let node = root;
    for (const [position, part] of path.entries()) {
      const key = part === '' ? String(node.size) : part;
      if (position === path.length - 1) {
        node.set(key, value);
        break;
      }
      const next = node.get(key);
      if (next instanceof Map) {
        node = next;
      } else {
        const child = new Map<string, FormNode>();
        node.set(key, child);
        node = child;
      }
    }
  }
  return root;
}

function splitName(name: string): string[] {
  const first = name.indexOf('[');
  if (first <= 0 || !name.endsWith(']')) return [name];
  return [name.slice(0, first), ...name.slice(first + 1, -1).split('][')];
}
