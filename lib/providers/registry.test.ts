import { expect, it } from 'vitest';
import { ADAPTERS, findAdapter, resolveBaseUrl, surfacesOf } from './registry';

it('every provider has an id of its own and takes chat', () => {
  expect(new Set(ADAPTERS.map(({ id }) => id)).size).toBe(ADAPTERS.length);
  for (const adapter of ADAPTERS) expect(surfacesOf(adapter)).toContain('chat');
  expect(findAdapter('nobody')).toBeNull();
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
