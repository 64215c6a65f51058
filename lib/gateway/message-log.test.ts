import { expect, it } from 'vitest';
import { MessageLog } from './message-log';

it('F08 keeps the finish in the provider’s own words beside ours', () => {
  const log = new MessageLog();
  log.add({ choices: [{ delta: { content: 'Hi' }, finish_reason: null }] }, 'Hi', '');
  log.add({ choices: [{ delta: {}, finish_reason: 'stop', native_finish_reason: 'brand_new' }] }, '', '');
  expect(JSON.parse(log.toJson('stop'))).toEqual({ role: 'assistant', content: 'Hi', finish_reason: 'stop', native_finish_reason: 'brand_new' });
});

it('says nothing of it where the words are the same', () => {
  const log = new MessageLog();
  log.add({ choices: [{ delta: {}, finish_reason: 'stop' }] }, '', '');
  expect(JSON.parse(log.toJson('stop'))).toEqual({ role: 'assistant', content: '', finish_reason: 'stop' });
});
