import { isObject, type JsonObject } from '@/lib/wire/call';
import type { Notes } from '../translation/notes';
import type { SchemaRules } from '../translation/schema';

/** Keywords of JSON schema that responseSchema, a subset of OpenAPI's, does not know (API reference, Schema). */
export const SCHEMA_RULES: SchemaRules = {
  family: 'Gemini',
  refused: new Set([
    'allOf', 'oneOf', 'not', 'if', 'then', 'else', 'patternProperties', 'propertyNames', 'dependentRequired', 'dependentSchemas', 'multipleOf',
    'exclusiveMinimum', 'exclusiveMaximum', 'uniqueItems', 'contains', 'prefixItems',
  ]),
  partly: {
    // Gemini generates the properties that are named and no others.
    additionalProperties: (value) => value !== false,
    $ref: (value) => typeof value !== 'string' || !/^#\/(?:\$defs|definitions)\/[^/]+$/.test(value),
  },
};

const DROPPED = new Set(['$schema', '$id', '$comment', '$defs', 'definitions', 'additionalProperties', 'strict', 'examples']);

/** A checked JSON schema in Gemini's form: references resolved, `null` as a type made nullable, `const` an enum of one. */
export function toGeminiSchema(schema: JsonObject, path: string, notes: Notes): JsonObject {
  const named = { ...definitions(schema.definitions), ...definitions(schema.$defs) };
  return convert(schema, named, path, [], notes);
}

function definitions(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function convert(schema: JsonObject, named: Record<string, unknown>, path: string, within: readonly string[], notes: Notes): JsonObject {
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.replace(/^#\/(?:\$defs|definitions)\//, '');
    const target = named[name];
    if (!isObject(target) || within.includes(name)) throw notes.refuse(`${path}.$ref`, isObject(target) ? 'Gemini takes no recursive schema' : 'it names no definition');
    const { $ref: _resolved, ...beside } = schema;
    return convert({ ...target, ...beside }, named, path, [...within, name], notes);
  }
  const inner = (value: JsonObject, step: string) => convert(value, named, `${path}.${step}`, within, notes);
  const out: JsonObject = {};
  for (const keyword in schema) {
    const value = schema[keyword];
    if (DROPPED.has(keyword)) continue;
    if (keyword === 'const') out.enum = [value];
    else if (keyword === 'type' && Array.isArray(value)) Object.assign(out, nullableType(value, `${path}.type`, notes));
    else if (keyword === 'properties' && isObject(value)) {
      out.properties = Object.fromEntries(Object.entries(value).map(([name, property]) => [name, isObject(property) ? inner(property, `properties.${name}`) : {}]));
    } else if (keyword === 'items' && isObject(value)) out.items = inner(value, 'items');
    else if (keyword === 'anyOf' && Array.isArray(value)) Object.assign(out, unionOf(value.filter(isObject), inner));
    else out[keyword] = value;
  }
  return out;
}

function nullableType(types: unknown[], path: string, notes: Notes): JsonObject {
  const others = types.filter((type) => type !== 'null');
  if (others.length !== 1) throw notes.refuse(path, 'Gemini takes one type, and null beside it');
  return { type: others[0], ...(others.length < types.length ? { nullable: true } : null) };
}

function unionOf(members: JsonObject[], inner: (value: JsonObject, step: string) => JsonObject): JsonObject {
  const others = members.filter(({ type }) => type !== 'null');
  const nullable = others.length < members.length ? { nullable: true } : null;
  const converted = others.map((member, index) => inner(member, `anyOf[${index}]`));
  return converted.length === 1 ? { ...converted[0], ...nullable } : { anyOf: converted, ...nullable };
}
