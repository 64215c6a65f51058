import type { Handler, Simulator } from '../simulator';
import { invalidRequest } from '../stripe-fault';
import { getCustomer } from './customers';
import { getMeter } from './meters';

const DAY_S = 86_400;
const OLDEST_S = 35 * DAY_S;
const NEWEST_S = 300;

/** An accepted meter event. */
export interface StoredMeterEvent {
  identifier: string;
  meter: string;
  customer: string;
  value: number;
  timestampS: number;
  receivedS: number;
  cancelled: boolean;
}

interface MeterEventParams {
  event_name: string;
  payload: Record<string, string>;
  identifier?: string;
  timestamp?: number;
}

export const createMeterEvent: Handler = (sim, rawParams) => {
  const { event_name: name, payload, identifier = sim.newId('meid'), timestamp = sim.nowS() } = rawParams as unknown as MeterEventParams;
  const meter = Object.values(sim.state.meters).find((each) => each.event_name === name && each.status === 'active');
  if (!meter) throw invalidRequest(`No active meter found for event name ${name}.`, undefined, 'no_meter');
  const customer = payload[meter.customer_mapping.event_payload_key] ?? '';
  const value = payload[meter.value_settings.event_payload_key] ?? '';
  if (value.replace(/\D/g, '').length > 15) throw invalidRequest(`The value in the event payload can have at most 15 digits. Received ${value}.`, 'payload[value]');
  if (!/^-?\d+(\.\d+)?$/.test(value)) throw invalidRequest(`The value in the event payload must be a number. Received ${value}.`, 'payload[value]');
  const now = sim.nowS();
  if (timestamp < now - OLDEST_S) throw invalidRequest('The timestamp must be within the past 35 days.', 'timestamp', 'timestamp_too_far_in_past');
  if (timestamp > now + NEWEST_S) throw invalidRequest('The timestamp must be at most 5 minutes in the future.', 'timestamp', 'timestamp_in_future');
  getCustomer(sim, customer, 'payload[stripe_customer_id]');
  const known = sim.state.meterEvents.some((event) => event.identifier === identifier && event.receivedS > now - DAY_S);
  if (known) throw duplicate(identifier);
  sim.state.meterEvents.push({ identifier, meter: meter.id, customer, value: Number(value), timestampS: timestamp, receivedS: now, cancelled: false });
  sim.touch();
  return { object: 'billing.meter_event', created: now, event_name: name, identifier, livemode: false, payload, timestamp };
};

function duplicate(identifier: string) {
  const fault = invalidRequest(`An event already exists with identifier ${identifier}.`);
  fault.extras.shouldRetry = false;
  return fault;
}

export const createAdjustment: Handler = (sim, params) => {
  const { event_name: name, cancel, type } = params as { event_name: string; type: 'cancel'; cancel?: { identifier?: string } };
  const event = sim.state.meterEvents.find((each) => each.identifier === cancel?.identifier && !each.cancelled);
  if (!event) throw invalidRequest(`No event found with identifier ${cancel?.identifier}.`, 'cancel[identifier]');
  if (event.receivedS < sim.nowS() - DAY_S) throw invalidRequest('An event can be cancelled within 24 hours of being received.', 'cancel[identifier]');
  event.cancelled = true;
  sim.touch();
  return { object: 'billing.meter_event_adjustment', cancel: { identifier: event.identifier }, event_name: name, livemode: false, status: 'complete', type };
};

/** What a customer used of a meter between two moments, the end excluded. */
export function sumUsage(sim: Simulator, meter: string, customer: string, startS: number, endS: number): number {
  return sim.state.meterEvents
    .filter((event) => event.meter === meter && event.customer === customer && !event.cancelled && event.timestampS >= startS && event.timestampS < endS)
    .reduce((sum, event) => sum + event.value, 0);
}

const GRID_S = { hour: 3_600, day: DAY_S } as const;

export const listSummaries: Handler = (sim, params, id) => {
  const meter = getMeter(sim, id);
  const { customer, start_time: start, end_time: end, value_grouping_window: window } = params as unknown as {
    customer: string;
    start_time: number;
    end_time: number;
    value_grouping_window?: keyof typeof GRID_S;
  };
  const grid = window ? GRID_S[window] : 60;
  if (start % grid !== 0) throw invalidRequest(`start_time must be aligned with ${window ?? 'minute'} boundaries.`, 'start_time');
  if (end % grid !== 0) throw invalidRequest(`end_time must be aligned with ${window ?? 'minute'} boundaries.`, 'end_time');
  if (end <= start) throw invalidRequest('end_time must be after start_time.', 'end_time');
  const step = window ? grid : end - start;
  const data = [];
  for (let from = start; from < end; from += step) {
    const value = sumUsage(sim, meter.id, customer, from, from + step);
    if (value === 0 && window) continue;
    data.push({
      id: `mtrusg_${meter.id}_${from}`,
      object: 'billing.meter_event_summary',
      aggregated_value: value,
      end_time: from + step,
      livemode: false,
      meter: meter.id,
      start_time: from,
    });
  }
  return { object: 'list', data, has_more: false, url: `/v1/billing/meters/${id}/event_summaries` };
};
