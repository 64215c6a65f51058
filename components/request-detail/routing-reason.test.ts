import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readLeftFor, readReason } from './routing-reason';

/** Every sentence in single quotes or backticks after a word, with its holes filled in. */
function sentences(file: string, after: RegExp): string[] {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(after)].map(([, text = '']) =>
    text
      .replace(/\$\$\{formatUsd\(cost\)\}/, '$0.0012')
      .replace(/\$\{sticky\}|\$\{alias\.sticky\}/, 'user')
      .replace(/\$\{step\.chosen\}|\$\{why\.chosen\}/, 'priority 2')
      .replace(/\$\{[^}]+\}/g, '12'),
  );
}

it('every reason the gateway gives for a choice can be said in another language', () => {
  const given = [
    ...sentences('lib/gateway/routing/order.ts', /chosen: (?:cost === null \? |p50 === null \? )?['`]([^'`]+)['`]/g),
    ...sentences('lib/gateway/routing/order.ts', /: [`]([^`]+)[`] \}/g),
    ...sentences('lib/gateway/stages/attempt.ts', /chosen[:=]? [`]([^`]+)[`]/g),
    'another credential',
    'the same target again',
  ];
  expect(given.length).toBeGreaterThan(10);
  expect(given.filter((words) => readReason(words) === null)).toEqual([]);
});

it('every way an attempt is left can be said in another language', () => {
  const given = sentences('lib/gateway/stages/attempt.ts', /leave\('\w+', ['`]([^'`]+)['`]\)/g);
  expect(given.length).toBeGreaterThan(8);
  expect(given.filter((words) => readLeftFor(words) === null)).toEqual([]);
});

it('a reason inside a reason keeps both', () => {
  expect(readReason('tried to learn its speed (no time known yet), probing whether it is back')).toEqual({
    code: 'probing',
    reason: { code: 'explored', reason: { code: 'noTimeYet' } },
  });
  expect(readReason('sticky by session, weight 3')).toEqual({ code: 'stickyWeight', by: 'session', weight: 3 });
  expect(readReason('because I say so')).toBeNull();
  expect(readLeftFor('the same target after 250 ms')).toEqual({ code: 'again', ms: 250 });
});
