import { readProviderHealth } from '@/lib/services/operator/provider-health';
import { asSystem } from '@/lib/store';

export type HourState = 'quiet' | 'good' | 'shaky' | 'bad';

export interface PublicStatus {
  /** Whether calls are taken at all. */
  gateway: 'up' | 'down';
  providers: { label: string; adapter: string; state: HourState; maintenance: boolean; hours: { hour: string; state: HourState }[] }[];
}

const ALIVE_MS = 30_000;
const SHAKY = 0.02;
const BAD = 0.2;

/** What anybody may know: whether calls are taken and how each provider did by hour. No counts, no names of customers or models. */
export async function readStatus(): Promise<PublicStatus> {
  return asSystem(async (tx) => {
    const alive = await tx.heartbeat.count({ where: { seenAt: { gt: new Date(Date.now() - ALIVE_MS) } } });
    const providers = await readProviderHealth(tx);
    return {
      gateway: alive > 0 ? 'up' : 'down',
      providers: providers
        .filter(({ adapter }) => adapter !== 'demo')
        .map(({ label, adapter, enabled, hours }) => {
          const states = hours.map(({ hour, attempts, failed }) => ({ hour, state: stateOf(attempts, failed) }));
          const recent = hours.slice(-2);
          return { label, adapter, maintenance: !enabled, hours: states, state: stateOf(sum(recent, 'attempts'), sum(recent, 'failed')) };
        }),
    };
  });
}

function stateOf(attempts: number, failed: number): HourState {
  if (attempts === 0) return 'quiet';
  const share = failed / attempts;
  return share >= BAD ? 'bad' : share >= SHAKY ? 'shaky' : 'good';
}

function sum(hours: { attempts: number; failed: number }[], of: 'attempts' | 'failed'): number {
  return hours.reduce((total, hour) => total + hour[of], 0);
}
