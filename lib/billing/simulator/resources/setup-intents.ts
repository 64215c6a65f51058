import type { Handler, Simulator } from '../simulator';
import type { Metadata } from '../state';
import { resourceMissing } from '../stripe-fault';

/** A card that was saved without a payment. */
export function addSetupIntent(sim: Simulator, parts: { customer: string; paymentMethod: string; metadata: Metadata }): SetupIntent {
  const intent = buildSetupIntent(sim, parts);
  sim.state.setupIntents[intent.id] = intent;
  sim.emit('setup_intent.succeeded', intent);
  return intent;
}

function buildSetupIntent(sim: Simulator, parts: { customer: string; paymentMethod: string; metadata: Metadata }) {
  const id = sim.newId('seti');
  return {
    id,
    object: 'setup_intent' as const,
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_sim`,
    created: sim.nowS(),
    customer: parts.customer,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false as const,
    managed_payments: null,
    mandate: null,
    metadata: { ...parts.metadata },
    next_action: null,
    on_behalf_of: null,
    payment_method: parts.paymentMethod,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['link'],
    single_use_mandate: null,
    status: 'succeeded' as const,
    usage: 'off_session' as const,
  };
}

export type SetupIntent = ReturnType<typeof buildSetupIntent>;

export const retrieveSetupIntent: Handler = (sim, _params, id) => {
  const intent = sim.state.setupIntents[id];
  if (!intent) throw resourceMissing('setupintent', id, 'intent');
  return intent;
};
