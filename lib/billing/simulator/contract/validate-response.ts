import { type Contract, resolveSchema, type Schema } from './load-contract';

/** Lists where a response departs from the contract's schema: unknown or missing fields, wrong types. Empty when it fits. */
export function findResponseFaults(contract: Contract, rawSchema: Schema, value: unknown, path = ''): string[] {
  const schema = resolveSchema(contract, rawSchema);
  if (value === null) return schema.nullable ? [] : [`${path}: null`];
  const expandable = rawSchema['x-expandable'] ?? schema['x-expandable'];
  if (expandable && typeof value === 'object')
    return anyFits(
      contract,
      expandable.map((name) => ({ $ref: `#/components/schemas/${name}` })),
      value,
      path,
    );
  if (schema.anyOf) return anyFits(contract, schema.anyOf, value, path);
  if (schema['x-pruned']) return [];
  switch (schema.type) {
    case 'object':
      return objectFaults(contract, schema, value, path);
    case 'array':
      if (!Array.isArray(value)) return [`${path}: not an array`];
      return value.flatMap((item, index) => (schema.items ? findResponseFaults(contract, schema.items, item, `${path}[${index}]`) : []));
    case 'integer':
      return Number.isInteger(value) ? [] : [`${path}: not an integer`];
    case 'number':
      return typeof value === 'number' ? [] : [`${path}: not a number`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${path}: not a boolean`];
    case 'string':
      if (typeof value !== 'string') return [`${path}: not a string`];
      return schema.enum && !schema['x-open-enum'] && !schema.enum.includes(value) ? [`${path}: ${value} is not one of its values`] : [];
    case undefined:
      return [];
  }
}

function objectFaults(contract: Contract, schema: Schema, value: unknown, path: string): string[] {
  if (typeof value !== 'object' || Array.isArray(value)) return [`${path}: not an object`];
  const fields = value as Record<string, unknown>;
  const faults = (schema.required ?? []).filter((name) => fields[name] === undefined).map((name) => `${path}.${name}: missing`);
  for (const [name, child] of Object.entries(fields)) {
    const known = schema.properties?.[name] ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined);
    if (known) faults.push(...findResponseFaults(contract, known, child, `${path}.${name}`));
    else if (schema.additionalProperties !== true) faults.push(`${path}.${name}: unknown`);
  }
  return faults;
}

function anyFits(contract: Contract, branches: readonly Schema[], value: unknown, path: string): string[] {
  let best: string[] | undefined;
  for (const branch of branches) {
    const faults = findResponseFaults(contract, branch, value, path);
    if (faults.length === 0) return [];
    if (!best || faults.length < best.length) best = faults;
  }
  return best ?? [];
}
