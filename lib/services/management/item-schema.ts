import { z } from 'zod';
import { AliasSchema, ModelSchema, PlanSchema, ProviderSchema } from '@/lib/services/config/schema';
import { snakeCase } from './snake-case';

/** What fairlead.yaml has lists of, in the words of the management API. */
export const ITEM_KINDS = {
  providers: { type: 'provider', key: 'id', schema: ProviderSchema, kept: 'adapter' },
  models: { type: 'model', key: 'id', schema: ModelSchema, kept: 'provider' },
  aliases: { type: 'alias', key: 'name', schema: AliasSchema, kept: null },
  plans: { type: 'plan', key: 'id', schema: PlanSchema, kept: null },
} as const;
export type ItemKind = keyof typeof ITEM_KINDS;

/** Body of a POST: the item of fairlead.yaml with its keys in snake_case. */
export function createItemBody(kind: ItemKind): z.ZodObject {
  return inSnakeCase(ITEM_KINDS[kind].schema) as z.ZodObject;
}

/** Body of a PATCH: what is not named stays. The item's name is in the path. */
export function updateItemBody(kind: ItemKind): z.ZodObject {
  const { [ITEM_KINDS[kind].key]: _name, ...rest } = createItemBody(kind).shape;
  return z.strictObject(rest).partial();
}

/**
 * The same schema with keys in snake_case. What an object checks as a whole is left to the configuration, which reads
 * the item again. A secret may be pasted here, which a file never allows.
 */
export function inSnakeCase(schema: z.core.$ZodType): z.ZodType {
  if (schema instanceof z.ZodObject) {
    return z.strictObject(Object.fromEntries(Object.entries(schema.shape).map(([key, inner]) => [snakeCase(key), key === 'secret' ? PASTED_SECRET : inSnakeCase(inner as z.core.$ZodType)])));
  }
  if (schema instanceof z.ZodArray) return z.array(inSnakeCase(schema.element));
  if (schema instanceof z.ZodOptional) return inSnakeCase(schema.unwrap()).optional();
  if (schema instanceof z.ZodNullable) return inSnakeCase(schema.unwrap()).nullable();
  if (schema instanceof z.ZodDefault) return inSnakeCase(schema.unwrap()).optional();
  return schema as z.ZodType;
}

const PASTED_SECRET = z
  .string()
  .min(1)
  .max(20_000)
  .optional()
  .meta({ description: 'The secret itself, which is sealed at once and never shown again, or ${env:NAME}. Left out: the one already stored.' });

/** A parsed body with the keys of fairlead.yaml. Only keys that the schema names are turned; maps keep theirs. */
export function toConfigKeys(schema: z.core.$ZodType, value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) return toConfigKeys(schema.unwrap(), value);
  if (schema instanceof z.ZodArray) return Array.isArray(value) ? value.map((element) => toConfigKeys(schema.element, element)) : value;
  if (!(schema instanceof z.ZodObject)) return value;
  const named = new Map(Object.keys(schema.shape).map((key) => [snakeCase(key), key]));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const name = named.get(key);
      return name === undefined ? [key, inner] : [name, toConfigKeys(schema.shape[name] as z.core.$ZodType, inner)];
    }),
  );
}
