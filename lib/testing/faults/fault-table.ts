import { BODY_FAULTS } from './body-faults';
import type { Fault } from './fault';
import { STATUS_FAULTS } from './status-faults';
import { STREAM_FAULTS } from './stream-faults';
import { WIRE_FAULTS } from './wire-faults';

export { DEADLINES, type Fault, silenceOf, type Verdict } from './fault';

/** What a failover suite would do to a provider that speaks chat, over a connection that can be made. */
export const FAULTS: readonly Fault[] = [...STATUS_FAULTS, ...WIRE_FAULTS, ...STREAM_FAULTS, ...BODY_FAULTS];
