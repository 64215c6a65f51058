import type { EventHandler } from '../process-events';
import { settleDispute } from '../settle-dispute';

/** An inquiry may have become a dispute. */
export const chargeDisputeUpdated: EventHandler = async ({ tx, billing, event }) =>
  event.objectId ? settleDispute(tx, billing, event.objectId) : 'the event names no dispute';
