import { expect, it } from 'vitest';
import { alignParams, readParams } from './read-params';

const sent = (text: string, truncated = false) => readParams({ bodies: { request: { text, bytes: text.length, truncated }, response: null } });

it('parameters are what was sent besides the conversation, side by side', () => {
  const first = sent('{"model":"a","temperature":0,"messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function"}]}');
  const second = sent('{"model":"b","temperature":0,"system":"Be brief"}');
  expect(alignParams([first, second])).toEqual([
    { name: 'model', values: ['"a"', '"b"'], same: false },
    { name: 'temperature', values: ['0', '0'], same: true },
    { name: 'tools', values: ['[{"type":"function"}]', null], same: false },
  ]);
});

it('a body that was cut or never kept has no parameters to compare', () => {
  expect(sent('{"model":"a"', true)).toBeNull();
  expect(sent('not json')).toBeNull();
  expect(readParams({ bodies: { request: null, response: null } })).toBeNull();
});
