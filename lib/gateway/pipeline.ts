import { asFairleadError, FairleadError } from '@/lib/kernel/errors';
import type { AttemptRow } from '@/lib/ledger';
import type { Surface } from '@/lib/providers/contract';
import type { GatewayDeps } from './deps';
import type { Exchange } from './exchange';
import { faultError } from './fault-error';
import type { Claim } from './idempotency';
import { admit } from './stages/admit';
import { attempt } from './stages/attempt';
import { authenticate } from './stages/authenticate';
import { authorize } from './stages/authorize';
import { plan } from './stages/plan';
import { readCall } from './stages/read-call';
import { receive } from './stages/receive';
import { refuse, type Reached } from './stages/refuse';
import { reserve } from './stages/reserve';
import { settle } from './stages/settle';
import { traceOf } from './trace-of';

type Ended = Omit<Parameters<GatewayDeps['metrics']['finished']>[0], 'surface' | 'durationMs'>;

/**
 * One inference call from its first header to its settled row. Each stage takes what is known and returns more; a call
 * ends here and nowhere else: answered and settled, or refused. Never rejects.
 */
export async function handleInference(deps: GatewayDeps, exchange: Exchange, surface: Surface): Promise<void> {
  const received = receive(deps, exchange, surface);
  let reached: Reached = received;
  let claim: Claim | null = null;
  let errorCode: string | null = null;
  let attempts: readonly AttemptRow[] = [];
  let ended: Ended = { status: 'refused', provider: '', gatewayMs: null, inputTokens: 0, outputTokens: 0 };
  deps.metrics.started();
  try {
    if (deps.draining()) throw new FairleadError('draining', undefined, { retryAfterS: 2 });
    const identified = await authenticate(deps, received);
    reached = identified;
    const read = await readCall(deps, identified);
    reached = read;
    const claimed = await deps.idempotency.claim(read, deps.processId);
    if (claimed?.replayed) {
      ended = { ...ended, status: 'replayed' };
      return;
    }
    claim = claimed?.claim ?? null;
    const called = claim ? { ...read, exchange: claim.exchange } : read;
    reached = called;
    const permitted = authorize(deps, called);
    reached = permitted;
    const admitted = await admit(deps, permitted);
    reached = admitted;
    const reserved = await reserve(deps, admitted);
    reached = reserved;
    const planned = plan(deps, reserved);
    reached = planned;

    const running = await attempt(deps, planned);
    const { outcome } = running;
    attempts = running.attempts;
    for (const { provider_id, outcome: end } of running.attempts) deps.metrics.attempted(provider_id, end);
    if (outcome.kind === 'failed') {
      ended = { ...ended, status: 'failed' };
      errorCode = outcome.fault.kind;
      return await refuse(deps, planned, faultError(outcome.fault), running.attempts);
    }
    const settled = await settle(deps, planned, running, outcome);
    if (outcome.kind === 'completed' || settled.charge > 0n) claim?.charged();
    running.conclude(settled);
    const { provider } = outcome.answer.candidate.model;
    ended = { status: outcome.kind, provider: provider.id, gatewayMs: settled.gatewayMs, inputTokens: outcome.usage.input, outputTokens: outcome.usage.output };
    deps.contacts.add({
      at: deps.clock.now(),
      keyId: planned.caller.key.id,
      last4: planned.caller.key.last4,
      method: exchange.method,
      path: exchange.path,
      status: 200,
      code: null,
      message: null,
      model: outcome.answer.candidate.model.id,
      client: planned.attribution.client,
      requestId: planned.requestId,
    });
  } catch (thrown) {
    const error = asFairleadError(thrown);
    errorCode = error.code;
    if (error.code === 'internal_error') deps.log.error({ err: thrown, request_id: received.requestId }, 'a call failed inside the gateway');
    await refuse(deps, reached, error).catch((failure: unknown) => {
      deps.log.error({ err: failure, request_id: received.requestId }, 'a refusal could not be written');
      return claim?.clear();
    });
  } finally {
    const finished = { surface, durationMs: deps.clock.monotonic() - received.startedAt, ...ended };
    deps.metrics.finished(finished);
    deps.traces?.finished(traceOf(reached, finished, errorCode, attempts));
  }
}
