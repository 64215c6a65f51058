import type { AddressList } from '@/lib/kernel/address-list';
import type { Clock } from '@/lib/kernel/clock';
import type { Ledger } from '@/lib/ledger';
import type { Limiter } from '@/lib/limits';
import type { Log } from '@/lib/log';
import type { PolicyStore } from '@/lib/policy';
import type { UpstreamPools } from '@/lib/upstream';
import type { Contacts } from './contacts';
import type { Idempotency } from './idempotency';
import type { KeyUse } from './key-use';
import type { GatewayMetrics } from './metrics';
import type { Routing } from './routing';
import type { RunningCalls } from './running-calls';
import type { CallTraces } from './traces';

/** What the pipeline works with: one set per process, made by lib/runtime. */
export interface GatewayDeps {
  /** The ledger's name of this process; another one after its leases were lost. */
  readonly processId: string;
  clock: Clock;
  policy: PolicyStore;
  limiter: Limiter;
  ledger: Ledger;
  pools: UpstreamPools;
  routing: Routing;
  idempotency: Idempotency;
  contacts: Contacts;
  keyUse: KeyUse;
  metrics: GatewayMetrics;
  running: RunningCalls;
  /** Null: nobody collects traces. */
  traces: CallTraces | null;
  log: Log;
  /** Proxies whose `x-forwarded-for` is believed besides those on this machine. */
  trustedProxies?: AddressList;
  /** Silence after which a stream gets a comment; 15 s when absent. */
  keepAliveMs?: number;
  /** True once SIGTERM came: running calls finish, new ones are refused. */
  draining(): boolean;
}

export const MAX_BODY_BYTES = 32 * 1024 * 1024;
