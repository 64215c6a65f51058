import { describe, expect, it } from 'vitest';
import { FairleadError } from '@/lib/kernel/errors';
import { faultError } from './fault-error';
import { refusedByDialect } from './refused-by-dialect';

describe('a request that our own translation refuses', () => {
  it('is the gateway’s refusal, not the provider’s, with the field that it is about', () => {
    const fault = refusedByDialect(new FairleadError('unsupported_parameter', 'no', { param: 'tools' }));
    expect(fault.retry).toBe('next');
    expect(faultError(fault).extras).toMatchObject({ source: 'gateway', param: 'tools', as: { status: 400, code: 'unsupported_parameter' } });
  });

  it('nested too deeply to be written is refused in words, whatever the target', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    let thrown: unknown;
    try {
      JSON.stringify(deep);
    } catch (error) {
      thrown = error;
    }
    expect(refusedByDialect(thrown)).toMatchObject({ retry: 'never', status: 400, code: 'invalid_request', message: 'The request body is nested too deeply.' });
  });
});
