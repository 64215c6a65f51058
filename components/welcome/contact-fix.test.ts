import { describe, expect, it } from 'vitest';
import { findFix, shortClient } from './contact-fix';

const contact = { code: null, status: 400, path: '/v1/chat/completions', model: null, message: null };

describe('the fix for a failed first contact', () => {
  it.each([
    [{ status: 401, code: 'invalid_api_key' }, 'key'],
    [{ status: 404, code: 'model_not_found', model: 'gpt-4' }, 'model'],
    [{ status: 404, code: 'unsupported_endpoint', path: '/v1/v1/chat/completions' }, 'pathTwice'],
    [{ status: 404, code: 'unsupported_endpoint', path: '/v1/chat' }, 'path'],
    [{ status: 400, code: 'invalid_json' }, 'body'],
    [{ status: 429, code: 'insufficient_quota' }, 'quota'],
    [{ status: 429, code: 'rate_limit_exceeded' }, 'rate'],
    [{ status: 502, code: 'upstream_error' }, 'upstream'],
    [{ status: 503, code: 'database_unavailable' }, 'later'],
    [{ status: 403, code: 'forbidden' }, 'other'],
  ])('%j needs "%s"', (part, key) => {
    expect(findFix({ ...contact, ...part }).key).toBe(key);
  });
});

it('names the model that was asked for', () => {
  expect(
    findFix({ ...contact, status: 404, code: 'model_not_found', message: 'The model `gpt-4` does not exist or your key may not use it.' }).values.model,
  ).toBe('gpt-4');
});

it.each([
  ['curl/8.5.0', 'curl 8.5.0'],
  ['OpenAI/Python 2.1.0', 'openai-python 2.1.0'],
  ['OpenAI/JS 6.49.0', 'openai-node 6.49.0'],
  ['Mozilla/5.0 (X11; Linux x86_64)', null],
  [null, null],
])('the user agent %j is called %j', (agent, name) => {
  expect(shortClient(agent)).toBe(name);
});
