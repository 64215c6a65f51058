import { settleMeterErrors } from '../metering/settle-meter-errors';
import type { EventHandler } from '../process-events';

/** Usage was sent to a meter that is gone: what was sent there does not count. */
export const v1BillingMeterNoMeterFound: EventHandler = ({ tx, billing, event }) => settleMeterErrors(tx, billing, event.id);
