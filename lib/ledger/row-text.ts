import type { GatewayPool } from '@/lib/store';

/** Turns an object into a row of one table, as text that Postgres reads in one pass. */
export type RowEncoder = (row: object) => string;

export interface RowEncoders {
  request: RowEncoder;
  attempt: RowEncoder;
  body: RowEncoder;
  rollup: RowEncoder;
  label: RowEncoder;
  attempts: RowEncoder;
}

/**
 * Encoders that follow the columns as they are in this database. A batch goes to Postgres as arrays of whole rows
 * (`logs.request[]`), which it reads in one pass: no names of fields travel, and no JSON is parsed and looked up by column.
 */
export async function loadRowEncoders(pool: GatewayPool): Promise<RowEncoders> {
  const tables = ['logs.request', 'logs.attempt', 'logs.body', 'usage_rollup', 'usage_label', 'attempt_rollup'];
  const [request, attempt, body, rollup, label, attempts] = await Promise.all(tables.map((table) => loadEncoder(pool, table)));
  return { request, attempt, body, rollup, label, attempts } as RowEncoders;
}

async function loadEncoder(pool: GatewayPool, table: string): Promise<RowEncoder> {
  const { rows } = await pool.query<{ name: string; preset: string | null }>(
    `SELECT a.attname AS name, CASE WHEN a.attnotnull THEN pg_get_expr(d.adbin, d.adrelid) END AS preset
     FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
    [table],
  );
  const names: string[] = [];
  const presets: string[] = [];
  for (const { name, preset } of rows) {
    names.push(name);
    presets.push(preset === null ? '' : fieldText((await pool.query<{ value: string }>(`SELECT (${preset})::text AS value`)).rows[0]?.value));
  }
  return rowEncoder(names, presets);
}

/** `presets`: what a column that the object leaves out takes; empty for NULL. */
export function rowEncoder(names: readonly string[], presets: readonly string[]): RowEncoder {
  return (row) => {
    const values = row as Record<string, unknown>;
    let text = '"(';
    for (let index = 0; index < names.length; index++) {
      if (index > 0) text += ',';
      const value = values[names[index] as string];
      text += value === undefined || value === null ? presets[index] : fieldText(value);
    }
    return `${text})"`;
  };
}

/** An array of rows, or of any values that were encoded one by one. */
export function arrayText(rows: readonly string[]): string {
  return `{${rows.join(',')}}`;
}

/** A row of given values, in order. */
export function tupleText(values: readonly unknown[]): string {
  return `"(${values.map(fieldText).join(',')})"`;
}

const PLAIN = /^[\w.:/+-]+$/;

/** One field of a row within an array: quoted once for the row and once more for the array. */
function fieldText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return PLAIN.test(value) ? value : quoted(value);
    case 'number':
    case 'bigint':
      return value.toString();
    case 'boolean':
      return value ? 't' : 'f';
    case 'undefined':
      return '';
    default:
      if (value === null) return '';
      return Buffer.isBuffer(value) ? `\\"\\\\\\\\x${value.toString('hex')}\\"` : quoted(jsonText(value));
  }
}

/** Escapes of what Postgres stores in no text: NUL, and half a pair of surrogates. */
const UNSTORABLE = /\\u(?:0000|d[89a-f][0-9a-f]{2})/;

function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return UNSTORABLE.test(text) ? JSON.stringify(storable(value)) : text;
}

/** The same with the replacement character where Postgres would refuse the row, and with it all rows of its batch. */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return Buffer.from(value).toString('utf8').replaceAll('\0', '\uFFFD');
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), storable(inner)]));
}

function quoted(text: string): string {
  let safe = text;
  if (safe.includes('\0')) safe = safe.replaceAll('\0', '\uFFFD');
  if (safe.includes('\\')) safe = safe.replaceAll('\\', '\\\\\\\\');
  if (safe.includes('"')) safe = safe.replaceAll('"', '\\\\\\"');
  return `\\"${safe}\\"`;
}
