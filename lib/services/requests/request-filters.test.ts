import { describe, expect, it } from 'vitest';
import { parseSearch } from './parse-search';
import { queryTerms, requestQuerySchema } from './request-filters';

describe('the search box', () => {
  it('reads fields, comparisons, exclusions and ids', () => {
    expect(parseSearch('status:503,4xx -model:qwen* cost:>0.01 tag:feature=search duration:>=2s is:fallback req_0abcdefgh12345').terms).toEqual([
      { field: 'status', values: ['503', '4xx'], negated: false },
      { field: 'model', values: ['qwen*'], negated: true },
      { field: 'cost', comparison: '>', value: '0.01' },
      { field: 'tag', values: ['feature=search'], negated: false },
      { field: 'duration', comparison: '>=', value: '2000' },
      { field: 'is', values: ['fallback'], negated: false },
      { field: 'id', values: ['req_0abcdefgh12345'] },
    ]);
  });

  it('keeps quoted values whole and unknown fields as words', () => {
    expect(parseSearch('key:"My key" http://x').terms).toEqual([
      { field: 'key', values: ['My key'], negated: false },
      { field: 'word', values: ['http://x'] },
    ]);
  });

  it('says what it did not understand', () => {
    expect(parseSearch('cost:cheap is:odd model:')).toEqual({ terms: [], ignored: ['cost:cheap', 'is:odd', 'model:'] });
  });

  it('milliseconds are the unit unless seconds are written', () => {
    expect(parseSearch('ttft:>500 ttft:<250ms').terms).toEqual([
      { field: 'ttft', comparison: '>', value: '500' },
      { field: 'ttft', comparison: '<', value: '250' },
    ]);
  });
});

it('query and search box speak of the same things', () => {
  const query = requestQuerySchema.parse({ status: '503', key_id: 'key_1', q: 'model:std' });
  expect(query.limit).toBe(20);
  expect(queryTerms(query).map((term) => term.field)).toEqual(['status', 'key', 'model']);
});

it('a page is at most a hundred rows and a cursor is one of ours', () => {
  expect(requestQuerySchema.safeParse({ limit: '101' }).success).toBe(false);
  expect(requestQuerySchema.safeParse({ cursor: "req_x' OR 1=1" }).success).toBe(false);
  expect(requestQuerySchema.safeParse({ from: 'yesterday' }).success).toBe(false);
});
