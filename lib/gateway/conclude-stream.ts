import { formatUsd } from '@/lib/kernel/money';
import type { Ending, StreamWriter, Trace } from '@/lib/surfaces';
import type { ClientStream } from './client-stream';
import { interruption } from './fault-error';
import type { Outcome, Settled } from './types';

/** The last bytes of a stream, once it is settled: the surface's own ending, or its own kind of error where the answer broke. */
export function concludeStream(client: ClientStream, writer: StreamWriter, outcome: Outcome, settled: Settled, { last, trace, atS }: { last: Ending['last']; trace: Trace | null; atS: number }): void {
  if (outcome.kind === 'failed') return;
  if (outcome.kind === 'completed' || outcome.by === 'budget') {
    const finish = outcome.kind === 'completed' ? outcome.finish : 'length';
    return client.end(writer.complete({ usage: outcome.usage, costUsd: formatUsd(settled.charge), finish, last, atS }, trace));
  }
  // Nobody reads any more, be it that the socket still stands.
  if (outcome.by === 'client') return client.cut();
  client.end(writer.fail(interruption(outcome.fault), trace));
}
