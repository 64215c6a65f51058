import type { Handler, Simulator } from '../simulator';
import { invalidRequest, resourceMissing } from '../stripe-fault';
import { listPage } from './list-page';

interface MeterParams {
  display_name: string;
  event_name: string;
  default_aggregation: { formula: 'sum' | 'count' | 'last' };
  customer_mapping?: { type: 'by_id'; event_payload_key: string };
  value_settings?: { event_payload_key: string };
}

function buildMeter(sim: Simulator, params: MeterParams) {
  return {
    id: sim.newId('mtr'),
    object: 'billing.meter' as const,
    created: sim.nowS(),
    customer_mapping: params.customer_mapping ?? { type: 'by_id' as const, event_payload_key: 'stripe_customer_id' },
    default_aggregation: params.default_aggregation,
    display_name: params.display_name,
    event_name: params.event_name,
    event_time_window: null,
    livemode: false as const,
    status: 'active' as 'active' | 'inactive',
    status_transitions: { deactivated_at: null as number | null },
    updated: sim.nowS(),
    value_settings: params.value_settings ?? { event_payload_key: 'value' },
  };
}

export type Meter = ReturnType<typeof buildMeter>;

export const createMeter: Handler = (sim, rawParams) => {
  const params = rawParams as unknown as MeterParams;
  const taken = Object.values(sim.state.meters).some((meter) => meter.event_name === params.event_name && meter.status === 'active');
  if (taken) throw invalidRequest(`There is already an active meter with the event name ${params.event_name}.`, undefined, 'resource_already_exists');
  const meter = buildMeter(sim, params);
  sim.state.meters[meter.id] = meter;
  return meter;
};

export const retrieveMeter: Handler = (sim, _params, id) => getMeter(sim, id);

export const updateMeter: Handler = (sim, params, id) => {
  const meter = getMeter(sim, id);
  const { display_name: name } = params as { display_name?: string };
  if (name !== undefined) meter.display_name = name;
  sim.touch();
  return meter;
};

export const deactivateMeter: Handler = (sim, _params, id) => setStatus(sim, id, 'inactive');
export const reactivateMeter: Handler = (sim, _params, id) => setStatus(sim, id, 'active');

function setStatus(sim: Simulator, id: string, status: Meter['status']): Meter {
  const meter = getMeter(sim, id);
  meter.status = status;
  meter.status_transitions.deactivated_at = status === 'inactive' ? sim.nowS() : null;
  sim.touch();
  return meter;
}

export const listMeters: Handler = (sim, params) => {
  const { status } = params as { status?: string };
  const found = Object.values(sim.state.meters).filter((meter) => !status || meter.status === status);
  return listPage(found, params, '/v1/billing/meters');
};

export function getMeter(sim: Simulator, id: string): Meter {
  const meter = sim.state.meters[id];
  if (!meter) throw resourceMissing('billing meter', id);
  return meter;
}
