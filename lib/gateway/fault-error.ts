import { FairleadError } from '@/lib/kernel/errors';
import type { UpstreamFault } from '@/lib/providers/contract';

const REFUSED_BY_PROVIDER = new Set<UpstreamFault['kind']>(['bad_request', 'context_length', 'content_filter']);

/** What a client hears of the fault that ended its answer halfway; null: nobody knows why. Leases that are gone are ours, all else is the provider's. */
export function interruption(fault: UpstreamFault | null): FairleadError {
  const message = fault ? `The answer ended early: ${fault.message}.` : undefined;
  if (fault?.code === 'ledger_unavailable') return new FairleadError('ledger_unavailable', message, { shouldRetry: false });
  return new FairleadError('upstream_stream_interrupted', message, { source: 'provider' });
}

/** What a client hears of the fault that ended its call. The provider's own refusals of the request keep their status and code. */
export function faultError(fault: UpstreamFault): FairleadError {
  if (fault.code === 'ledger_unavailable') return new FairleadError('ledger_unavailable', undefined, { shouldRetry: false });
  if (REFUSED_BY_PROVIDER.has(fault.kind)) {
    return new FairleadError('invalid_request', fault.message, {
      param: fault.param ?? null,
      source: fault.refusedHere ? 'gateway' : 'provider',
      shouldRetry: false,
      as: {
        status: fault.status && fault.status >= 400 && fault.status < 500 ? fault.status : 400,
        type: fault.type ?? 'invalid_request_error',
        code: fault.code ?? null,
      },
    });
  }
  const timeout = fault.kind.endsWith('_timeout');
  return new FairleadError(
    timeout ? 'upstream_timeout' : 'upstream_error',
    `The provider failed (${fault.kind.replaceAll('_', ' ')}): ${fault.message}`.slice(0, 2_000),
    {
      source: 'provider',
      shouldRetry: false,
      // Which of the four deadlines passed, for who wants to tell them apart: the code is one for all.
      ...(timeout ? { more: { deadline: fault.kind.slice(0, -'_timeout'.length) } } : null),
    },
  );
}
