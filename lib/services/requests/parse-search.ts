export type Comparison = '>' | '>=' | '<' | '<=' | '=';

export type SearchTerm =
  | {
      field: 'status' | 'model' | 'alias' | 'provider' | 'key' | 'user' | 'session' | 'tag' | 'member' | 'error' | 'finish' | 'is';
      values: string[];
      negated: boolean;
    }
  /** Dollars as written, or milliseconds. */
  | { field: 'cost' | 'duration' | 'ttft'; comparison: Comparison; value: string }
  | { field: 'id'; values: string[] }
  /** Words without a field: matched against model, alias, user, error code and key name. */
  | { field: 'word'; values: string[] };

const FIELDS = new Set(['status', 'model', 'alias', 'provider', 'key', 'user', 'session', 'tag', 'member', 'error', 'finish', 'is']);
const RENAMED: Record<string, string> = { key_id: 'key', id: 'id', request_id: 'id', latency: 'duration', finish_reason: 'finish', code: 'error' };
const IS = new Set(['fallback', 'retried', 'stream', 'cached', 'demo', 'sample', 'estimated']);

/**
 * Reads the search box: `status:503 model:qwen* cost:>0.01 tag:feature=search req_…`, quotes around values with
 * spaces, a leading minus to exclude. What is not understood is returned in `ignored`, never dropped silently.
 */
export function parseSearch(search: string): { terms: SearchTerm[]; ignored: string[] } {
  const terms: SearchTerm[] = [];
  const ignored: string[] = [];
  for (const token of search.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? []) {
    const term = readToken(token);
    if (term) terms.push(term);
    else ignored.push(token);
  }
  return { terms, ignored };
}

function readToken(token: string): SearchTerm | null {
  const bare = token.replaceAll('"', '');
  if (/^req_[0-9A-Za-z]{8,}$/.test(bare)) return { field: 'id', values: [bare] };
  const match = /^(-?)([a-z_]+):(.*)$/.exec(bare);
  if (!match) return bare === '' ? null : { field: 'word', values: [bare] };
  const [, minus, name = '', rest = ''] = match;
  const field = RENAMED[name] ?? name;
  if (rest === '') return null;
  if (field === 'id') return { field: 'id', values: list(rest) };
  if (field === 'cost') return readComparison('cost', rest.replace(/\$/g, ''), /^\d{1,10}(\.\d{1,9})?$/, (value) => value);
  if (field === 'duration' || field === 'ttft') return readComparison(field, rest, /^\d{1,9}(\.\d{1,3})?(ms|s)?$/, toMs);
  if (!FIELDS.has(field)) return { field: 'word', values: [bare] };
  const values = list(rest);
  if (field === 'is' && values.some((value) => !IS.has(value))) return null;
  return { field: field as 'status', values, negated: minus === '-' };
}

function readComparison(field: 'cost' | 'duration' | 'ttft', text: string, shape: RegExp, convert: (value: string) => string): SearchTerm | null {
  const match = /^(>=|<=|>|<|=)?(.+)$/.exec(text);
  const value = match?.[2] ?? '';
  return shape.test(value) ? { field, comparison: (match?.[1] as Comparison | undefined) ?? '=', value: convert(value) } : null;
}

function toMs(value: string): string {
  const number = Number.parseFloat(value);
  return String(/[^m]s$/.test(value) ? number * 1_000 : number);
}

/** Values between commas, without the blanks. */
export function list(text: string): string[] {
  return text
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
}
