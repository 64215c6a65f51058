import { isObject, type JsonObject } from '@/lib/wire/call';

const MAX_DEPTH = 6;

/** A value that fits a JSON schema, the same every time: for the arguments of `demo/tools` and the answers of `demo/json`. */
export function sampleOf(schema: unknown, name = 'value', depth = 0): unknown {
  if (!isObject(schema) || depth > MAX_DEPTH) return name;
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return schema.enum[0];
  if (schema.default !== undefined) return schema.default;
  for (const union of [schema.anyOf, schema.oneOf, schema.allOf]) {
    if (Array.isArray(union) && union.length > 0) return sampleOf(union[0], name, depth + 1);
  }
  switch (Array.isArray(schema.type) ? schema.type[0] : (schema.type ?? (isObject(schema.properties) ? 'object' : 'string'))) {
    case 'object':
      return sampleObject(schema, depth);
    case 'array':
      return [sampleOf(schema.items, name, depth + 1)];
    case 'integer':
    case 'number':
      return typeof schema.minimum === 'number' ? schema.minimum : 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return name;
  }
}

function sampleObject(schema: JsonObject, depth: number): JsonObject {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? new Set<unknown>(schema.required) : null;
  const out: JsonObject = {};
  for (const [key, value] of Object.entries(properties)) {
    if (required === null || required.has(key)) out[key] = sampleOf(value, key, depth + 1);
  }
  return out;
}
