import type { Handler, Simulator } from '../simulator';
import type { Metadata } from '../state';
import { resourceMissing } from '../stripe-fault';
import { getCustomer } from './customers';
import { listPage } from './list-page';

/** The simulator's one kind of card, saved on a customer. */
export function addPaymentMethod(sim: Simulator, customer: string): PaymentMethod {
  const method = buildPaymentMethod(sim, customer);
  sim.state.paymentMethods[method.id] = method;
  sim.emit('payment_method.attached', method);
  return method;
}

function buildPaymentMethod(sim: Simulator, customer: string | null) {
  return {
    id: sim.newId('pm'),
    object: 'payment_method' as const,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    created: sim.nowS(),
    customer,
    customer_account: null,
    livemode: false as const,
    metadata: {} as Metadata,
    type: 'link' as const,
    link: { email: null },
  };
}

export type PaymentMethod = ReturnType<typeof buildPaymentMethod>;

export const retrievePaymentMethod: Handler = (sim, _params, id) => getPaymentMethod(sim, id);

export const listPaymentMethods: Handler = (sim, params) => {
  const { customer } = params as { customer?: string };
  return listPage(Object.values(sim.state.paymentMethods).filter((method) => !customer || method.customer === customer), params, '/v1/payment_methods');
};

export const listCustomerPaymentMethods: Handler = (sim, params, id) => {
  getCustomer(sim, id);
  return listPage(Object.values(sim.state.paymentMethods).filter((method) => method.customer === id), params, `/v1/customers/${id}/payment_methods`);
};

export const detachPaymentMethod: Handler = (sim, _params, id) => {
  const method = getPaymentMethod(sim, id);
  const owner = method.customer;
  method.customer = null;
  if (owner) {
    const { invoice_settings: settings } = getCustomer(sim, owner);
    if (settings.default_payment_method === id) settings.default_payment_method = null;
  }
  sim.touch();
  sim.emit('payment_method.detached', { ...method, customer: owner });
  return method;
};

export function getPaymentMethod(sim: Simulator, id: string, param = 'payment_method'): PaymentMethod {
  const method = sim.state.paymentMethods[id];
  if (!method) throw resourceMissing('PaymentMethod', id, param);
  return method;
}
