import { isObject, type JsonObject } from '@/lib/wire/call';
import type { Notes } from './notes';

/** What a family enforces of a JSON schema; a keyword outside of it would be ignored, and the answer not be what was asked for. */
export interface SchemaRules {
  family: string;
  /** Keywords that are not enforced. */
  refused: ReadonlySet<string>;
  /** Keywords that are enforced for some values only: true for a value that is not. */
  partly: Readonly<Record<string, (value: unknown) => boolean>>;
}

export interface JsonFormat {
  schema: JsonObject | null;
}

/**
 * What `response_format` asks for: null for text, a schema, or any JSON object (`schema: null`). Throws
 * `unsupported_parameter` for a form it does not know, and for a keyword the target does not enforce.
 */
export function readFormat(format: unknown, rules: SchemaRules, notes: Notes): JsonFormat | null {
  if (!isObject(format) || format.type === 'text') return null;
  if (format.type === 'json_object') return { schema: null };
  if (format.type !== 'json_schema') throw notes.refuse('response_format.type', 'expected text, json_object or json_schema');
  const wrapped = isObject(format.json_schema) ? format.json_schema : {};
  if (!isObject(wrapped.schema)) throw notes.refuse('response_format.json_schema.schema', 'a JSON schema is an object');
  checkSchema(wrapped.schema, 'response_format.json_schema.schema', rules, notes);
  return { schema: wrapped.schema };
}

/** Keywords whose members are schemas by name, and those whose members are schemas in a list. */
const NAMED = new Set(['properties', '$defs', 'definitions', 'patternProperties']);
const LISTED = new Set(['anyOf', 'allOf', 'oneOf', 'prefixItems']);

function checkSchema(schema: JsonObject, path: string, rules: SchemaRules, notes: Notes): void {
  for (const keyword in schema) {
    const value = schema[keyword];
    if (rules.refused.has(keyword) || rules.partly[keyword]?.(value)) {
      throw notes.refuse(`${path}.${keyword}`, `${rules.family} does not enforce ${keyword}${typeof value === 'object' ? '' : ` ${String(value)}`} in a response schema`);
    }
    if (NAMED.has(keyword) && isObject(value)) {
      for (const name in value) {
        const inner = value[name];
        if (isObject(inner)) checkSchema(inner, `${path}.${keyword}.${name}`, rules, notes);
      }
    } else if (LISTED.has(keyword) && Array.isArray(value)) {
      value.forEach((inner: unknown, index) => {
        if (isObject(inner)) checkSchema(inner, `${path}.${keyword}[${index}]`, rules, notes);
      });
    } else if ((keyword === 'items' || keyword === 'additionalProperties') && isObject(value)) checkSchema(value, `${path}.${keyword}`, rules, notes);
  }
}
