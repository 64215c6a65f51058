import { readFileSync } from 'node:fs';
import path from 'node:path';
import { transpileModule } from 'typescript';
import { describe, expect, it } from 'vitest';
import * as bearer from './adapters/bearer';
import type { Adapter } from './contract';
import { cutBytes, nativeFinish, type Recording, readStream, textOf } from './recordings';
import { ADAPTERS, findAdapter, findDialect, resolveBaseUrl } from './registry';

const GUIDES = path.join(import.meta.dirname, '../../docs/guides');
const guide = readFileSync(path.join(GUIDES, 'adding-a-provider.md'), 'utf8');

/** The block of the guide that stands for a file. */
function block(title: string): string {
  const start = guide.indexOf(`title=${title}\n`);
  const from = guide.indexOf('\n', start) + 1;
  if (start === -1) throw new Error(`the guide shows no ${title}`);
  return guide.slice(from, guide.indexOf('\n```\n', from) + 1);
}

/** Runs the adapter's file as the guide prints it. */
function loadAdapter(): Adapter {
  const { outputText } = transpileModule(block('lib/providers/adapters/example.ts'), { compilerOptions: { module: 1, target: 9 } });
  const exported: { example?: Adapter } = {};
  new Function('require', 'exports', outputText)((name: string) => (name === './bearer' ? bearer : {}), exported);
  if (!exported.example) throw new Error('the guide exports no adapter');
  return exported.example;
}

describe('the guide to adding a provider', () => {
  const adapter = loadAdapter();
  const dialect = findDialect(adapter.dialect);
  const quirks = adapter.quirks ?? {};
  const recordings = JSON.parse(block('lib/providers/__fixtures__/manifest.json')) as Recording[];

  it('adds one whose id is free, with a key, two endpoints and a line in the registry', () => {
    expect(findAdapter(adapter.id)).toBeNull();
    expect(adapter.authorize('secret')).toEqual({ authorization: 'Bearer secret' });
    expect(resolveBaseUrl(adapter, 'cn')).toBe('https://api.example.cn/v1');
    expect(block('lib/providers/registry.ts')).toContain("import { example } from './adapters/example';");
  });

  it('writes requests as its quirks say, and tells what it removed', () => {
    const body = { model: 'ours', messages: [{ role: 'developer', content: 'hi' }], max_completion_tokens: 9, temperature: 0.2 };
    const encoded = dialect.encode({ surface: 'chat', body, stream: false, wantsUsage: false }, { upstreamModel: 'example-thinking', quirks });
    expect(JSON.parse(String(encoded.body))).toEqual({ model: 'example-thinking', messages: [{ role: 'system', content: 'hi' }], max_tokens: 9 });
    expect(encoded.notes).toEqual([{ param: 'temperature', did: 'removed' }]);
  });

  for (const recording of recordings) {
    it(`reads ${recording.file} as its manifest says`, () => {
      const bytes = Buffer.from(block(`lib/providers/__fixtures__/${recording.file}`));
      const { expect: expected } = recording;
      if (recording.kind === 'error') return expect(dialect.fault(recording.status, {}, bytes, quirks)).toMatchObject({ kind: expected.class, retry: 'same', retryAfterMs: 2_000 });
      const { parts, usage } = readStream(adapter, 'chat', cutBytes(bytes, 7));
      expect(textOf(parts, 'text')).toBe(expected.text);
      expect(textOf(parts, 'reasoning')).toBe(expected.reasoning);
      expect(usage).toMatchObject(expected.usage ?? {});
      const finish = parts.find((part) => part.kind === 'finish');
      expect(finish && nativeFinish(finish.chunk, finish.finish)).toBe(expected.finish);
      expect(parts.filter(({ kind }) => kind === 'comment')).toHaveLength(expected.comments ?? 0);
    });
  }
});

describe('the guide to providers', () => {
  const text = readFileSync(path.join(GUIDES, 'providers.md'), 'utf8');

  it('names every provider, its endpoints and its quirks that a caller can notice', () => {
    for (const adapter of ADAPTERS.filter(({ id }) => id !== 'demo')) {
      const row = text.split('\n').find((line) => line.startsWith(`| \`${adapter.id}\` |`));
      expect(row, adapter.id).toBeDefined();
      for (const name of Object.keys(adapter.baseUrls)) if (name !== 'default') expect(row, `${adapter.id} ${name}`).toContain(`\`${name}\``);
    }
  });

  it('links to the guide to adding one', () => {
    expect(text).toContain('(adding-a-provider.md)');
  });
});
