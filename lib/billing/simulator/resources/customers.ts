import type { Handler, Simulator } from '../simulator';
import type { Metadata } from '../state';
import { invalidRequest, resourceMissing } from '../stripe-fault';
import { listPage } from './list-page';
import { mergeMetadata } from './merge-metadata';
import { getPaymentMethod } from './payment-methods';
import { cancelNow } from './subscription-changes';

interface CustomerParams {
  name?: string;
  email?: string;
  description?: string;
  phone?: string;
  metadata?: Metadata | '';
  invoice_settings?: { default_payment_method?: string };
}

function buildCustomer(sim: Simulator, params: CustomerParams) {
  return {
    id: sim.newId('cus'),
    object: 'customer' as const,
    address: null,
    balance: 0,
    created: sim.nowS(),
    currency: null as string | null,
    default_source: null,
    delinquent: false,
    description: params.description ?? null,
    discount: null,
    email: params.email ?? null,
    invoice_prefix: null,
    invoice_settings: { custom_fields: null, default_payment_method: null as string | null, footer: null, rendering_options: null },
    livemode: false as const,
    metadata: mergeMetadata({}, params.metadata),
    name: params.name ?? null,
    next_invoice_sequence: 1,
    phone: params.phone ?? null,
    preferred_locales: [] as string[],
    shipping: null,
    tax_exempt: 'none' as const,
    test_clock: null,
    deleted: undefined as true | undefined,
  };
}

export type Customer = ReturnType<typeof buildCustomer>;

export const createCustomer: Handler = (sim, params) => {
  const customer = buildCustomer(sim, params as CustomerParams);
  sim.state.customers[customer.id] = customer;
  return customer;
};

export const retrieveCustomer: Handler = (sim, _params, id) => {
  const customer = sim.state.customers[id];
  if (!customer) throw resourceMissing('customer', id);
  return customer.deleted ? { id, object: 'customer', deleted: true } : customer;
};

export const updateCustomer: Handler = (sim, params, id) => {
  const customer = getCustomer(sim, id, 'id');
  const { metadata, name, email, description, phone, invoice_settings } = params as CustomerParams;
  if (invoice_settings?.default_payment_method && getPaymentMethod(sim, invoice_settings.default_payment_method).customer !== id)
    throw invalidRequest('The payment method must be attached to the customer first.', 'invoice_settings[default_payment_method]');
  Object.assign(customer, {
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(description !== undefined && { description }),
    ...(phone !== undefined && { phone }),
  });
  customer.metadata = mergeMetadata(customer.metadata, metadata);
  if (invoice_settings?.default_payment_method) customer.invoice_settings.default_payment_method = invoice_settings.default_payment_method;
  sim.touch();
  sim.emit('customer.updated', customer);
  return customer;
};

export const deleteCustomer: Handler = (sim, _params, id) => {
  const customer = getCustomer(sim, id, 'id');
  for (const subscription of Object.values(sim.state.subscriptions)) {
    if (subscription.customer === id && subscription.status !== 'canceled') cancelNow(sim, subscription);
  }
  customer.deleted = true;
  sim.emit('customer.deleted', customer);
  return { id, object: 'customer', deleted: true };
};

export const listCustomers: Handler = (sim, params) => {
  const { email } = params as { email?: string };
  const found = Object.values(sim.state.customers).filter((customer) => !customer.deleted && (email === undefined || customer.email === email));
  return listPage(found, params, '/v1/customers');
};

/** A customer that can be written to; a deleted one refuses. */
export function getCustomer(sim: Simulator, id: string, param = 'customer'): Customer {
  const customer = sim.state.customers[id];
  if (!customer || customer.deleted) throw resourceMissing('customer', id, param);
  return customer;
}
