import type { EventHandler } from '../process-events';
import { settleDispute } from '../settle-dispute';

/** Won: the credit returns, once. Lost: it stays away. */
export const chargeDisputeClosed: EventHandler = async ({ tx, billing, event }) =>
  event.objectId ? settleDispute(tx, billing, event.objectId) : 'the event names no dispute';
