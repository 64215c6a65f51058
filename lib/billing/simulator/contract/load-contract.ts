import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The part of JSON Schema that the contract file uses. */
export interface Schema {
  $ref?: string;
  type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  format?: string;
  enum?: readonly string[];
  nullable?: boolean;
  allOf?: readonly Schema[];
  anyOf?: readonly Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  maxLength?: number;
  maxProperties?: number;
  minimum?: number;
  maximum?: number;
  'x-expandable'?: readonly string[];
  'x-open-enum'?: boolean;
  'x-pruned'?: string;
  'x-keyMaxLength'?: number;
}

interface Parameter {
  name: string;
  in: 'path' | 'query';
  required?: boolean;
  schema: Schema;
}

export interface Operation {
  operationId: string;
  parameters?: readonly Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

export interface Contract {
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
  'x-event-types': Record<string, string>;
  'x-v2-event-types': readonly string[];
}

const FILE = join('lib', 'billing', 'simulator', 'contract', 'openapi-billing.json.gz');

let loaded: Contract | undefined;

/** Stripe's API as data, read once. The file is found from the project folder, above or at the working directory. */
export function loadContract(): Contract {
  loaded ??= JSON.parse(gunzipSync(readFileSync(findContractFile())).toString('utf8')) as Contract;
  return loaded;
}

function findContractFile(): string {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const path = join(folder, FILE);
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) throw new Error(`the Stripe contract is missing: ${FILE}`);
  }
}

/** Follows `$ref` and the contract's one-element `allOf`, keeping `nullable` from the outer schema. */
export function resolveSchema(contract: Contract, schema: Schema): Schema {
  let current = schema;
  let nullable = schema.nullable ?? false;
  for (;;) {
    const inner: Schema | undefined = current.$ref ? contract.components.schemas[current.$ref.slice('#/components/schemas/'.length)] : current.allOf?.[0];
    if (!inner) return nullable && !current.nullable ? { ...current, nullable } : current;
    nullable ||= inner.nullable ?? false;
    current = inner;
  }
}
