import type { FairleadError } from '@/lib/kernel/errors';
import type { UpstreamFault } from '@/lib/providers/contract';

/** A request that a target's dialect cannot say: another target may. */
export function refusedByDialect(error: unknown): UpstreamFault {
  const known = error as FairleadError;
  return {
    kind: 'bad_request',
    retry: 'next',
    status: 400,
    message: error instanceof Error ? error.message : 'the request cannot be translated',
    type: 'invalid_request_error',
    code: known.code ?? 'unsupported_parameter',
    param: known.extras?.param ?? null,
  };
}
