import type { Params } from '../contract/validate-request';
import { invalidRequest } from '../stripe-fault';

/** One page of a list, newest first, with Stripe's cursors. Records are kept in order of creation. */
export function listPage<T extends { id: string; created?: number }>(
  records: readonly T[],
  params: Params,
  url: string,
): { object: 'list'; data: T[]; has_more: boolean; url: string } {
  const {
    limit = 10,
    starting_after: after,
    ending_before: before,
    created,
  } = params as { limit?: number; starting_after?: string; ending_before?: string; created?: number | Record<'gt' | 'gte' | 'lt' | 'lte', number | undefined> };
  if (limit < 1 || limit > 100) throw invalidRequest('Invalid limit: must be between 1 and 100', 'limit');
  let rows = [...records].reverse().filter((row) => matchesCreated(row.created, created));
  if (after !== undefined) rows = rows.slice(cursor(rows, after, 'starting_after') + 1);
  if (before !== undefined) {
    rows = rows.slice(0, cursor(rows, before, 'ending_before'));
    return { object: 'list', data: rows.slice(-limit), has_more: rows.length > limit, url };
  }
  return { object: 'list', data: rows.slice(0, limit), has_more: rows.length > limit, url };
}

function cursor(rows: readonly { id: string }[], id: string, param: string): number {
  const index = rows.findIndex((row) => row.id === id);
  if (index < 0) throw invalidRequest(`No such object: '${id}'`, param, 'resource_missing');
  return index;
}

function matchesCreated(created: number | undefined, filter: number | Record<'gt' | 'gte' | 'lt' | 'lte', number | undefined> | undefined): boolean {
  if (filter === undefined || created === undefined) return true;
  if (typeof filter === 'number') return created === filter;
  const { gt, gte, lt, lte } = filter;
  return (
    (gt === undefined || created > gt) && (gte === undefined || created >= gte) && (lt === undefined || created < lt) && (lte === undefined || created <= lte)
  );
}
