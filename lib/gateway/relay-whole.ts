import type { Usage } from '@/lib/kernel/usage';
import type { EncodedRequest, UpstreamFault, WireCall } from '@/lib/providers/contract';
import { codecOf } from '@/lib/surfaces';
import type { UpstreamCall, UpstreamHeaders } from '@/lib/upstream';
import { countedUnits, inputBoundOf } from '@/lib/wire';
import { Deadlines } from './deadlines';
import type { GatewayDeps } from './deps';
import { dispatch } from './dispatch';
import { estimateUsage } from './estimate';
import { refusedByDialect } from './refused-by-dialect';
import { answerContext, encodeFor, failed, LEASES_LOST, wholeLimits } from './relay';
import { answerHeaders } from './response-headers';
import type { AttemptEnd, AttemptRun } from './stages/attempt';
import type { Outcome, Planned } from './types';

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** Runs one attempt of a call that wants its answer whole. The client sees nothing until the settlement is stored. */
export function relayWhole(deps: GatewayDeps, planned: Planned, run: AttemptRun): Promise<AttemptEnd> {
  const { model, carried } = run.candidate;
  const quirks = model.provider.adapter.quirks ?? {};
  const codec = codecOf(planned.surface);
  const startedAt = deps.clock.monotonic();
  return new Promise((resolve) => {
    let call: UpstreamCall | null = null;
    let status: number | null = null;
    let headers: UpstreamHeaders = {};
    let connectMs: number | null = null;
    let firstByteAt: number | null = null;
    let text = '';
    /** An answer that is no JSON, such as subtitles. */
    let own: Uint8Array | null = null;
    let over = false;
    let unwatchLeases: (() => void) | null = null;
    const pieces: Uint8Array[] = [];
    let size = 0;

    const finish = (outcome: Outcome, id: string | null = null) => {
      if (over) return;
      over = true;
      unwatchLeases?.();
      deadlines.clear();
      resolve({
        outcome,
        status,
        providerRequestId: id ?? (String(headers['x-request-id'] ?? '') || null),
        connectMs,
        ttftMs: firstByteAt === null ? null : firstByteAt - startedAt,
        conclude(settled) {
          if (planned.exchange.left) return;
          // A text leaves in one write with its head, bytes in two.
          const answer = own ?? text;
          planned.exchange.head(200, {
            ...answerHeaders(planned, run, run.index + 1, deps.clock.monotonic(), settled),
            ...(codec.opaque ? { 'content-type': String(headers['content-type'] ?? 'application/json') } : null),
            'content-length': String(Buffer.byteLength(answer)),
          });
          planned.exchange.end(answer);
        },
      });
    };
    const fail = (fault: UpstreamFault) => {
      call?.abort();
      finish(failed(fault));
    };
    const deadlines = new Deadlines(wholeLimits(planned, run, startedAt), fail);

    const clientLeft = () => {
      if (over || model.provider.onClientDisconnect === 'drain') return;
      call?.abort();
      // Nothing was delivered, so nothing is billed.
      finish({
        kind: 'truncated',
        by: 'client',
        answer: { candidate: run.candidate, ttftMs: null, logged: '' },
        usage: estimateUsage(0, { text: '', reasoning: '' }),
        usageSource: 'estimated',
        usageSuspect: false,
        fault: null,
      });
    };

    let encoded: EncodedRequest;
    try {
      encoded = encodeFor(planned, run);
    } catch (error) {
      fail(refusedByDialect(error));
      return;
    }
    planned.exchange.onLeave(clientLeft);
    unwatchLeases = deps.ledger.onLeasesLost(() => fail(LEASES_LOST));
    call = dispatch(deps, run.candidate, run.credential, encoded, run.index + 1, {
      connected() {
        connectMs = deps.clock.monotonic() - startedAt;
        deadlines.connected();
      },
      head(code, received) {
        status = code;
        headers = received;
      },
      data(bytes) {
        firstByteAt ??= deps.clock.monotonic();
        deadlines.progress();
        size += bytes.byteLength;
        if (size > MAX_ANSWER_BYTES) fail({ kind: 'malformed', retry: 'never', message: 'the answer is larger than 64 MiB' });
        else pieces.push(bytes);
      },
      fail,
      end() {
        const body = pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces);
        if (status === null || status < 200 || status >= 300) return fail(model.provider.dialect.fault(status ?? 502, headers, body, quirks));
        const reply = model.provider.dialect.decode(carried.call.surface, body, quirks);
        if ('fault' in reply) return fail(reply.fault);
        own = reply.bytes ?? null;
        text = codec.whole(reply, answerContext(planned, run));
        finish(
          {
            kind: 'completed',
            answer: { candidate: run.candidate, ttftMs: firstByteAt === null ? null : firstByteAt - planned.startedAt, logged: own ? reply.text : text },
            usage: withUnits(reply.usage ?? estimateUsage(inputBoundOf(carried.call), reply), carried.call),
            usageSource: reply.usage ? 'reported' : 'estimated',
            usageSuspect: reply.usageSuspect,
            finish: reply.finish,
          },
          reply.id,
        );
      },
    });
    if (planned.exchange.left) clientLeft();
  });
}

/** Units the provider did not tell and the request itself can be counted by; what the provider told comes first. */
function withUnits(usage: Usage, call: WireCall): Usage {
  if (codecOf(call.surface).kind === 'chat') return usage;
  return { ...usage, units: { ...countedUnits(call), ...usage.units } };
}
