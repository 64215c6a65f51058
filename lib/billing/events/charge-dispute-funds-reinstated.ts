import type { EventHandler } from '../process-events';
import { settleDispute } from '../settle-dispute';

/** The bank has given the money back. */
export const chargeDisputeFundsReinstated: EventHandler = async ({ tx, billing, event }) =>
  event.objectId ? settleDispute(tx, billing, event.objectId) : 'the event names no dispute';
