import type { FairleadError } from '@/lib/kernel/errors';
import type { UpstreamFault } from '@/lib/providers/contract';

/** A request that a target's dialect cannot say: another target may. One that is nested deeper than anything can be written, none can. */
export function refusedByDialect(error: unknown): UpstreamFault {
  if (error instanceof RangeError && error.message.includes('call stack'))
    return {
      kind: 'bad_request',
      retry: 'never',
      refusedHere: true,
      status: 400,
      message: 'The request body is nested too deeply.',
      type: 'invalid_request_error',
      code: 'invalid_request',
      param: null,
    };
  const known = error as FairleadError;
  return {
    kind: 'bad_request',
    retry: 'next',
    refusedHere: true,
    status: 400,
    message: error instanceof Error ? error.message : 'the request cannot be translated',
    type: 'invalid_request_error',
    code: known.code ?? 'unsupported_parameter',
    param: known.extras?.param ?? null,
  };
}
