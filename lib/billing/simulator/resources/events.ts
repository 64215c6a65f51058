import type { Handler } from '../simulator';
import { resourceMissing } from '../stripe-fault';
import { listPage } from './list-page';

export const retrieveEvent: Handler = (sim, _params, id) => {
  const event = sim.state.events.find((each) => each.id === id);
  if (!event) throw resourceMissing('event', id);
  return event;
};

export const listEvents: Handler = (sim, params) => {
  const { type, types, delivery_success: delivered } = params as { type?: string; types?: string[]; delivery_success?: boolean };
  const owed = new Set([...sim.state.deliveries.map((delivery) => delivery.eventId), ...sim.state.undelivered]);
  const found = sim.state.events.filter(
    (event) =>
      (!type || matches(event.type, type)) &&
      (!types || types.some((each) => matches(event.type, each))) &&
      (delivered === undefined || delivered !== owed.has(event.id)),
  );
  return listPage(found, params, '/v1/events');
};

function matches(type: string, pattern: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}
