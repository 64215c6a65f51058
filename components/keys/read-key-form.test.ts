import { expect, it } from 'vitest';
import { readKeyForm, readTags, writeTags } from './read-key-form';

it('an empty form sets no limit', () => {
  expect(readKeyForm(new FormData())).toEqual({
    budgetUsd: null,
    budgetPeriod: null,
    rpm: null,
    tpm: null,
    concurrency: null,
    expiresAt: null,
    allowedIps: null,
    tags: null,
  });
});

it('addresses stand on lines or between commas, tags between commas', () => {
  const form = new FormData();
  form.set('ips', '203.0.113.7\n10.0.0.0/8， ::1');
  form.set('tags', 'team=growth, beta，env = production');
  form.set('budget', '5');
  form.set('period', 'week');
  expect(readKeyForm(form)).toMatchObject({
    allowedIps: ['203.0.113.7', '10.0.0.0/8', '::1'],
    tags: { team: 'growth', beta: '', env: 'production' },
    budgetUsd: '5',
    budgetPeriod: 'week',
  });
});

it('tags are read as they were written', () => {
  const tags = { team: 'growth', beta: '' };
  expect(readTags(writeTags(tags))).toEqual(tags);
});
