import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadContract } from '../simulator/contract/load-contract';

const root = path.resolve(import.meta.dirname, '../../..');
const handled = [...readFileSync(path.join(import.meta.dirname, 'index.ts'), 'utf8').matchAll(/^ {2}'([\w.]+)':/gm)].map(([, type = '']) => type);

describe('the events that mean something', () => {
  it('exist at Stripe, and each has a file of its own', () => {
    const contract = loadContract();
    const known = new Set([...Object.keys(contract['x-event-types']), ...contract['x-v2-event-types']]);
    expect(handled.filter((type) => !known.has(type))).toEqual([]);
    const files = readdirSync(import.meta.dirname).filter((file) => file !== 'index.ts' && !file.endsWith('.test.ts'));
    expect(files.sort()).toEqual(handled.map((type) => `${type.replace(/[._]/g, '-')}.ts`).sort());
  });

  it.each(['docs/guides/billing.md', 'docs/guides/zh-CN/billing.md'])('are all asked for by the endpoint that %s makes, in the version we speak', (guide) => {
    const text = readFileSync(path.join(root, guide), 'utf8');
    expect(handled.filter((type) => !text.includes(type.startsWith('v1.') ? `\`${type}\`` : `enabled_events[]=${type}"`))).toEqual([]);
    expect(text).toContain(`api_version=${loadContract().info.version}`);
  });
});
