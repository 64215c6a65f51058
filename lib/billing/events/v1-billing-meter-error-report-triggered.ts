import { settleMeterErrors } from '../metering/settle-meter-errors';
import type { EventHandler } from '../process-events';

/** Usage that was accepted turned out not to count. */
export const v1BillingMeterErrorReportTriggered: EventHandler = ({ tx, billing, event }) => settleMeterErrors(tx, billing, event.id);
