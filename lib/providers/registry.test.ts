import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ADAPTERS, findAdapter, findDialect, resolveBaseUrl, surfacesOf } from './registry';

it('every provider has an id of its own and takes chat', () => {
  expect(new Set(ADAPTERS.map(({ id }) => id)).size).toBe(ADAPTERS.length);
  for (const adapter of ADAPTERS) expect(surfacesOf(adapter)).toContain('chat');
  expect(findAdapter('nobody')).toBeNull();
});

it('every mark that an adapter names is a file', () => {
  for (const { logo } of ADAPTERS) if (logo) expect(existsSync(path.join('public/providers', `${logo}.svg`)), logo).toBe(true);
});

it('a surface beside the family goes to the path the provider has for it', () => {
  const cohere = findAdapter('cohere');
  const encoded = cohere && findDialect(cohere.dialect).encode({ surface: 'rerank', body: {}, stream: false, wantsUsage: false }, { upstreamModel: 'rerank-v4', quirks: cohere.quirks ?? {} });
  expect(new URL(`${cohere?.baseUrls.default}${encoded?.path}`).href).toBe('https://api.cohere.ai/v2/rerank');
});

it('a base URL may be left out, named, or given', () => {
  const qwen = ADAPTERS.find(({ id }) => id === 'qwen');
  const compatible = ADAPTERS.find(({ id }) => id === 'openai-compatible');
  if (!qwen || !compatible) throw new Error('the registry has lost a provider');
  expect(resolveBaseUrl(qwen, null)).toBe('https://dashscope-intl.aliyuncs.com/compatible-mode/v1');
  expect(resolveBaseUrl(qwen, 'cn')).toBe('https://dashscope.aliyuncs.com/compatible-mode/v1');
  expect(resolveBaseUrl(qwen, 'http://127.0.0.1:9100/v1/')).toBe('http://127.0.0.1:9100/v1');
  expect(resolveBaseUrl(compatible, null)).toBeNull();
});
