import { invalidRequest, type StripeFault } from '../stripe-fault';
import type { FormNode } from './decode-form';
import { type Contract, type Operation, resolveSchema, type Schema } from './load-contract';

/** A request's parameters after validation: strings became integers, numbers, booleans, arrays where the contract says so. */
export type Params = { [name: string]: ParamValue | undefined };
export type ParamValue = string | number | boolean | ParamValue[] | Params;

const FORM = 'application/x-www-form-urlencoded';

/** Checks decoded parameters against one operation of the contract and coerces them; throws Stripe's own error. */
export function validateRequest(contract: Contract, operation: Operation, method: string, form: Map<string, FormNode>): Params {
  const schema = method === 'POST' ? bodySchema(operation) : querySchema(operation);
  return coerce(contract, schema, form, '') as Params;
}

function bodySchema(operation: Operation): Schema {
  return operation.requestBody?.content[FORM]?.schema ?? { type: 'object', properties: {}, additionalProperties: false };
}

function querySchema(operation: Operation): Schema {
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const parameter of operation.parameters ?? []) {
    if (parameter.in !== 'query') continue;
    properties[parameter.name] = parameter.schema;
    if (parameter.required) required.push(parameter.name);
  }
  return { type: 'object', properties, required, additionalProperties: false };
}

function coerce(contract: Contract, rawSchema: Schema, node: FormNode, path: string): ParamValue {
  const schema = resolveSchema(contract, rawSchema);
  if (schema.anyOf) return coerceAny(contract, schema.anyOf, node, path);
  if (schema['x-pruned']) return plain(node);
  switch (schema.type) {
    case 'object':
      return coerceObject(contract, schema, node, path);
    case 'array':
      return coerceArray(contract, schema, node, path);
    case undefined:
      return plain(node);
    default:
      if (typeof node !== 'string') throw invalidRequest(`Invalid ${schema.type}`, path);
      return coerceScalar(schema, node, path);
  }
}

function coerceAny(contract: Contract, branches: readonly Schema[], node: FormNode, path: string): ParamValue {
  let fault: unknown;
  for (const branch of branches) {
    try {
      return coerce(contract, branch, node, path);
    } catch (error) {
      // The branch of the same shape as the input explains the mistake best.
      const type = resolveSchema(contract, branch).type;
      const sameShape = node instanceof Map === (type === 'object' || type === 'array');
      if (fault === undefined || sameShape) fault = error;
    }
  }
  throw fault;
}

function coerceObject(contract: Contract, schema: Schema, node: FormNode, path: string): Params {
  if (!(node instanceof Map)) throw invalidRequest('Invalid object', path);
  const out: Params = {};
  for (const [key, child] of node) {
    const childPath = path ? `${path}[${key}]` : key;
    const known = schema.properties?.[key];
    if (known) {
      out[key] = coerce(contract, known, child, childPath);
    } else if (typeof schema.additionalProperties === 'object') {
      if (schema['x-keyMaxLength'] && key.length > schema['x-keyMaxLength'])
        throw invalidRequest(`Metadata keys may have up to ${schema['x-keyMaxLength']} characters`, path);
      // An empty value removes a metadata key, so it is allowed there.
      out[key] = child === '' ? '' : coerce(contract, schema.additionalProperties, child, childPath);
    } else if (schema.additionalProperties === false || schema.additionalProperties === undefined) {
      throw unknownParameter(childPath);
    } else {
      out[key] = plain(child);
    }
  }
  for (const name of schema.required ?? []) {
    const childPath = path ? `${path}[${name}]` : name;
    if (out[name] === undefined) throw invalidRequest(`Missing required param: ${childPath}.`, childPath, 'parameter_missing');
  }
  if (schema.maxProperties && node.size > schema.maxProperties) throw invalidRequest(`You can have up to ${schema.maxProperties} keys`, path);
  return out;
}

function coerceArray(contract: Contract, schema: Schema, node: FormNode, path: string): ParamValue[] {
  if (!(node instanceof Map)) throw invalidRequest('Invalid array', path);
  const indexes = [...node.keys()];
  if (indexes.some((index) => !/^\d+$/.test(index))) throw invalidRequest('Invalid array', path);
  return [...node].map(([index, child]) => (schema.items ? coerce(contract, schema.items, child, `${path}[${index}]`) : plain(child)));
}

function coerceScalar(schema: Schema, text: string, path: string): ParamValue {
  switch (schema.type) {
    case 'integer':
      if (!/^-?\d{1,16}$/.test(text)) throw invalidRequest(`Invalid integer: ${text}`, path, 'parameter_invalid_integer');
      return Number(text);
    case 'number':
      if (!/^-?\d+(\.\d+)?$/.test(text)) throw invalidRequest(`Invalid decimal: ${text}`, path);
      return Number(text);
    case 'boolean':
      if (text !== 'true' && text !== 'false') throw invalidRequest(`Invalid boolean: ${text}`, path);
      return text === 'true';
    default:
      return coerceText(schema, text, path);
  }
}

function coerceText(schema: Schema, text: string, path: string): string {
  if (schema.enum) {
    if (!schema.enum.includes(text)) throw invalidRequest(`Invalid ${path}: must be one of ${schema.enum.join(', ')}`, path);
    return text;
  }
  if (text === '') throw invalidRequest(`You passed an empty string for '${path}'.`, path, 'parameter_invalid_empty');
  if (schema.format === 'decimal' && !/^-?\d+(\.\d{1,12})?$/.test(text)) throw invalidRequest(`Invalid decimal: ${text}`, path);
  const maxLength = schema.maxLength ?? 5_000;
  if (text.length > maxLength) throw invalidRequest(`Invalid string: must be at most ${maxLength} characters`, path);
  return text;
}

function unknownParameter(path: string): StripeFault {
  return invalidRequest(`Received unknown parameter: ${path}`, path, 'parameter_unknown');
}

function plain(node: FormNode): ParamValue {
  return typeof node === 'string' ? node : Object.fromEntries([...node].map(([key, child]) => [key, plain(child)]));
}
