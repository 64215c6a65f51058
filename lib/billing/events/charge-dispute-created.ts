import type { EventHandler } from '../process-events';
import { settleDispute } from '../settle-dispute';

/** A dispute takes the credit back; an inquiry takes nothing. */
export const chargeDisputeCreated: EventHandler = async ({ tx, billing, event }) =>
  event.objectId ? settleDispute(tx, billing, event.objectId) : 'the event names no dispute';
