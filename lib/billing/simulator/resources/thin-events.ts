import type { Handler, Simulator } from '../simulator';
import { invalidRequest, resourceMissing } from '../stripe-fault';

/** An event of the v2 API. Its delivery carries everything but `data`, which is fetched. */
export interface ThinEvent {
  id: string;
  object: 'v2.core.event';
  context: null;
  created: string;
  data: Record<string, unknown>;
  livemode: false;
  reason: null;
  related_object?: { id: string; type: string; url: string };
  type: string;
}

/** What is delivered of a thin event. */
export function notificationOf({ data: _, ...notification }: ThinEvent): object {
  return notification;
}

export const retrieveThinEvent: Handler = (sim, _params, id) => {
  const event = sim.state.thinEvents.find((each) => each.id === id);
  if (!event) throw resourceMissing('event', id);
  return event;
};

/** Lists of the v2 API are pages with an address each, newest first. */
export const listThinEvents: Handler = (sim, params) => {
  const { types, object_id: objectId, limit = 20 } = params as { types?: string[]; object_id?: string; limit?: number };
  if (limit < 1 || limit > 100) throw invalidRequest('Invalid limit: must be between 1 and 100', 'limit');
  const found = sim.state.thinEvents.filter((event) => (!types || types.includes(event.type)) && (!objectId || event.related_object?.id === objectId));
  return { data: found.slice(-limit).reverse(), next_page_url: null, previous_page_url: null };
};

/** What Stripe finds out after it accepted usage: the event does not count, and a thin event names it among its samples. */
export function reportMeterError(sim: Simulator, identifier: string, code: string): ThinEvent {
  const used = sim.state.meterEvents.find((each) => each.identifier === identifier);
  if (!used) throw new Error('no such meter event');
  used.cancelled = true;
  const at = new Date(sim.nowS() * 1_000).toISOString();
  const isMeterGone = code === 'no_meter';
  const event: ThinEvent = {
    id: sim.newId('evt'),
    object: 'v2.core.event',
    context: null,
    created: at,
    data: {
      developer_message_summary: 'There is 1 invalid event',
      reason: {
        error_count: 1,
        error_types: [{ code, error_count: 1, sample_errors: [{ error_message: `The event was refused: ${code}.`, request: { identifier } }] }],
      },
      validation_start: new Date(sim.nowS() * 1_000 - 60_000).toISOString(),
      validation_end: at,
    },
    livemode: false,
    reason: null,
    ...(!isMeterGone && { related_object: { id: used.meter, type: 'billing.meter', url: `/v1/billing/meters/${used.meter}` } }),
    type: isMeterGone ? 'v1.billing.meter.no_meter_found' : 'v1.billing.meter.error_report_triggered',
  };
  sim.state.thinEvents.push(event);
  sim.state.deliveries.push({ eventId: event.id, attempts: 0, nextAtMs: 0 });
  sim.touch();
  return event;
}
