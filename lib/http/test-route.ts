import type { RouteTrace } from '@/lib/gateway';
import { FairleadError } from '@/lib/kernel/errors';
import { internalPost } from '@/lib/runtime/internal-socket';
import type { TestRouteInput } from '@/lib/services/aliases';

export type { RouteTrace };

/**
 * Asks a process that serves inference which way a call would go: its clocks, breakers and speeds decide. No provider is called.
 * @throws `draining` where no such process answers or none knows the policy yet.
 */
export async function testRoute({ input }: { input: TestRouteInput }): Promise<RouteTrace> {
  const answer = await internalPost<RouteTrace | { error: string }>('/routes/explain', input).catch((error: unknown) => {
    throw new FairleadError('draining', 'No gateway process answered; try again shortly.', { internal: error });
  });
  if (!('steps' in answer)) throw new FairleadError('draining', 'The gateway does not know the policy yet; try again shortly.');
  return answer;
}
