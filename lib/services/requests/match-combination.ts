import type { SearchTerm } from './parse-search';

/** Fields with few values: their combinations in a range are few enough to count each filter from them. */
export const LOW_FIELDS = ['status', 'model', 'alias', 'provider', 'key_id', 'error', 'finish', 'is'] as const;
export type LowField = (typeof LOW_FIELDS)[number];

/** What requests of one kind have in common. */
export interface Combination {
  status: string;
  /** 2 … 5; null before there is an HTTP status. */
  http_class: number | null;
  model: string | null;
  alias: string;
  provider_id: string;
  key_id: string;
  error_code: string | null;
  finish_reason: string | null;
  stream: boolean;
  fallback: boolean;
  retried: boolean;
  cached: boolean;
}

/** Whether the requests of a combination are in a view with these filters: what `termSql` asks of a row. */
export function matchesTerms(row: Combination, terms: readonly SearchTerm[]): boolean {
  return terms.every((term) => !('values' in term) || term.values.some((value) => matches(row, term.field, value)));
}

function matches(row: Combination, field: SearchTerm['field'], value: string): boolean {
  switch (field) {
    case 'status':
      return matchesStatus(row, value);
    case 'model':
      return like(row.model, value);
    case 'alias':
      return like(row.alias, value);
    case 'provider':
      return like(row.provider_id, value);
    case 'key':
      return row.key_id === value;
    case 'error':
      return like(row.error_code, value);
    case 'finish':
      return like(row.finish_reason, value);
    case 'is':
      return value in row && row[value as 'stream'] === true;
    default:
      return true;
  }
}

function matchesStatus({ status, http_class }: Combination, value: string): boolean {
  const group = /^([2-5])xx$/i.exec(value)?.[1];
  if (group) return http_class === Number(group);
  if (value === 'ok') return status === 'completed' || status === 'truncated';
  if (value === 'error') return status === 'refused' || status === 'failed' || status === 'interrupted';
  return status === value;
}

function like(text: string | null, value: string): boolean {
  if (text === null) return false;
  if (!value.includes('*')) return text === value;
  const pattern = value.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`, 's').test(text);
}
