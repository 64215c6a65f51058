import { newId } from '@/lib/kernel/ids';
import type { Surface } from '@/lib/providers/contract';
import type { GatewayDeps } from '../deps';
import type { Exchange } from '../exchange';
import type { Received } from '../types';

export function receive(deps: GatewayDeps, exchange: Exchange, surface: Surface): Received {
  const receivedAtMs = deps.clock.now();
  return {
    requestId: newId('req', receivedAtMs),
    surface,
    receivedAtMs,
    startedAt: deps.clock.monotonic(),
    exchange,
    timings: { auth: 0, policy: 0, limits: 0, hold: 0, settle: 0 },
  };
}
