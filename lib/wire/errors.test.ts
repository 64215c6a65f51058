import { describe, expect, it } from 'vitest';
import { FairleadError } from '@/lib/kernel/errors';
import { errorBody, renderError } from './errors';

const render = (error: FairleadError, surface: 'chat' | 'messages' = 'chat') => {
  const { status, headers, body } = renderError(error, { requestId: 'req_1', surface });
  return { status, headers, body: JSON.parse(body) };
};

describe('an error', () => {
  it('has every field of the envelope, null where there is nothing to say', () => {
    expect(render(new FairleadError('invalid_api_key'))).toEqual({
      status: 401,
      headers: { 'content-type': 'application/json; charset=utf-8', 'x-fairlead-error-source': 'gateway', 'x-request-id': 'req_1' },
      body: {
        error: {
          message: 'Incorrect API key provided.',
          type: 'invalid_request_error',
          param: null,
          code: 'invalid_api_key',
          request_id: 'req_1',
          doc_url: '/docs/errors#invalid_api_key',
        },
      },
    });
  });

  it('carries what more the thrower knows', () => {
    expect(render(new FairleadError('model_not_found', 'No.', { param: 'model', more: { did_you_mean: 'fast-chat' } })).body.error).toMatchObject({
      param: 'model',
      did_you_mean: 'fast-chat',
    });
  });

  it('that may pass says when to come back, at least a second away', () => {
    expect(render(new FairleadError('rate_limit_exceeded', undefined, { retryAfterS: 0.2 })).headers).toMatchObject({ 'retry-after': '1' });
    expect(render(new FairleadError('rate_limit_exceeded')).headers).not.toHaveProperty('x-should-retry');
  });

  it('that is final stops the retries of the official clients', () => {
    for (const code of ['insufficient_quota', 'upstream_error', 'upstream_timeout'] as const) {
      expect(render(new FairleadError(code)).headers, code).toMatchObject({ 'x-should-retry': 'false' });
      expect(render(new FairleadError(code)).headers, code).not.toHaveProperty('retry-after');
    }
    expect(render(new FairleadError('ledger_unavailable', undefined, { shouldRetry: false })).headers).toMatchObject({ 'x-should-retry': 'false' });
  });

  it("of a provider keeps the provider's status, type and code", () => {
    const error = new FairleadError('invalid_request', 'Too long.', {
      source: 'provider',
      param: 'messages',
      as: { status: 422, type: 'their_type', code: null },
    });
    expect(render(error)).toMatchObject({
      status: 422,
      headers: { 'x-fairlead-error-source': 'provider' },
      body: { error: { type: 'their_type', code: null, param: 'messages' } },
    });
  });

  it("speaks Anthropic's envelope on the messages surface", () => {
    expect(render(new FairleadError('model_not_found', 'No.'), 'messages')).toMatchObject({
      status: 404,
      body: { type: 'error', error: { type: 'not_found_error', message: 'No.' }, request_id: 'req_1' },
    });
  });

  it('never shows what is for our logs', () => {
    expect(JSON.stringify(errorBody(new FairleadError('internal_error', undefined, { internal: new Error('secret') }), null))).not.toContain('secret');
  });
});
