import type { EventHandler } from '../process-events';
import { settleDispute } from '../settle-dispute';

/** The bank has taken the money. */
export const chargeDisputeFundsWithdrawn: EventHandler = async ({ tx, billing, event }) =>
  event.objectId ? settleDispute(tx, billing, event.objectId) : 'the event names no dispute';
