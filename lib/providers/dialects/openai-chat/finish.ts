import type { FaultKind, UpstreamFault } from '../../contract';
import { faultOfKind } from './fault';

/**
 * Finish reasons that say the provider broke off by itself: what was said so far is no answer. OpenRouter `error`; GLM
 * `network_error`; DeepSeek `insufficient_system_resource` and `aborted` (their API references, 2026).
 */
const BROKEN: Readonly<Record<string, FaultKind>> = {
  error: 'interrupted',
  network_error: 'interrupted',
  aborted: 'interrupted',
  insufficient_system_resource: 'overloaded',
};

/** The fault that a finish reason tells, or null for an answer that is complete. */
export function brokenFinish(finish: string): UpstreamFault | null {
  const kind = BROKEN[finish];
  return kind === undefined ? null : faultOfKind(kind, `the provider ended its answer with "${finish}"`);
}
