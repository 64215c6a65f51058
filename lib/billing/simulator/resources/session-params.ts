import type { Simulator } from '../simulator';
import type { Metadata } from '../state';
import { invalidRequest } from '../stripe-fault';
import { getCustomer } from './customers';
import { addPrice, getPrice, type Price, type PriceParams } from './prices';

const MIN_LIFE_S = 30 * 60;

export const MAX_LIFE_S = 24 * 60 * 60;

export interface SessionParams {
  mode?: 'payment' | 'setup' | 'subscription';
  customer?: string;
  customer_email?: string;
  client_reference_id?: string;
  line_items?: { price?: string; price_data?: PriceParams; quantity?: number }[];
  success_url?: string;
  cancel_url?: string;
  expires_at?: number;
  metadata?: Metadata;
  subscription_data?: { metadata?: Metadata; trial_period_days?: number; trial_settings?: { end_behavior?: { missing_payment_method?: 'cancel' | 'pause' | 'create_invoice' } } };
  setup_intent_data?: { metadata?: Metadata };
  payment_method_collection?: 'always' | 'if_required';
  automatic_tax?: { enabled: boolean };
  tax_id_collection?: { enabled: boolean };
  customer_update?: { address?: string; name?: string };
  currency?: string;
  payment_intent_data?: { metadata?: Metadata; description?: string; setup_future_usage?: string };
  invoice_creation?: { enabled: boolean };
}

export type SessionMode = 'payment' | 'setup' | 'subscription';

export function checkParams(sim: Simulator, params: SessionParams): SessionMode {
  const { mode } = params;
  if (!mode) throw invalidRequest('Missing required param: mode.', 'mode', 'parameter_missing');
  if (!params.success_url) throw invalidRequest('Missing required param: success_url.', 'success_url', 'parameter_missing');
  if (mode === 'setup') {
    if (params.line_items?.length) throw invalidRequest('You can not pass `line_items` in `setup` mode.', 'line_items');
    if (!params.currency) throw invalidRequest('Missing required param: currency.', 'currency', 'parameter_missing');
  } else if (!params.line_items?.length) throw invalidRequest('Missing required param: line_items.', 'line_items', 'parameter_missing');
  if (params.customer && params.customer_email)
    throw invalidRequest('You may only specify one of these parameters: customer, customer_email.', 'customer_email', 'parameters_exclusive');
  if (params.subscription_data && mode !== 'subscription') throw invalidRequest('You can not pass `subscription_data` in `payment` mode.', 'subscription_data');
  if (params.payment_intent_data && mode !== 'payment')
    throw invalidRequest('You can not pass `payment_intent_data` in `subscription` mode.', 'payment_intent_data');
  if (params.invoice_creation && mode !== 'payment') throw invalidRequest('`invoice_creation` can only be used in `payment` mode.', 'invoice_creation');
  if (params.setup_intent_data && mode !== 'setup') throw invalidRequest('You can not pass `setup_intent_data` outside `setup` mode.', 'setup_intent_data');
  if (params.subscription_data?.trial_period_days !== undefined && params.subscription_data.trial_period_days < 1)
    throw invalidRequest('A trial takes at least one day.', 'subscription_data[trial_period_days]', 'parameter_invalid_integer');
  if (params.payment_method_collection === 'if_required' && mode !== 'subscription')
    throw invalidRequest('You can only pass `payment_method_collection` in `subscription` mode.', 'payment_method_collection');
  if (params.customer && (params.automatic_tax?.enabled || params.tax_id_collection?.enabled) && !params.customer_update?.name && params.tax_id_collection?.enabled)
    throw invalidRequest('Tax ID collection requires updating business name on the customer. To enable tax ID collection for an existing customer, please set `customer_update[name]` to `auto`.', 'customer_update');
  if (params.customer && params.automatic_tax?.enabled && !params.customer_update?.address)
    throw invalidRequest('Automatic tax calculation in Checkout requires a valid address on the Customer. Set `customer_update[address]` to `auto`.', 'customer_update');
  if ((params.client_reference_id?.length ?? 0) > 200) throw invalidRequest('Invalid string: must be at most 200 characters', 'client_reference_id');
  if (params.customer) getCustomer(sim, params.customer);
  else if (mode !== 'payment') throw invalidRequest('The simulator wants an existing customer.', 'customer', 'parameter_missing');
  for (const name of ['success_url', 'cancel_url'] as const) {
    if (params[name] && !/^https?:\/\//.test(params[name])) throw invalidRequest('Not a valid URL', name, 'url_invalid');
  }
  const life = (params.expires_at ?? sim.nowS() + MAX_LIFE_S) - sim.nowS();
  if (life < MIN_LIFE_S - 60 || life > MAX_LIFE_S + 60)
    throw invalidRequest('The `expires_at` timestamp must be between 30 minutes and 24 hours from now.', 'expires_at');
  return mode;
}

export function readLine(
  sim: Simulator,
  mode: SessionMode,
  line: { price?: string; price_data?: PriceParams; quantity?: number },
  index: number,
): { price: Price; quantity: number | null } {
  const at = `line_items[${index}]`;
  if ((line.price === undefined) === (line.price_data === undefined))
    throw invalidRequest('Specify exactly one of price and price_data.', at, 'parameters_exclusive');
  const price = line.price === undefined ? addPrice(sim, line.price_data as PriceParams) : getPrice(sim, line.price, `${at}[price]`);
  if (!price.active) throw invalidRequest(`The price specified is inactive: ${price.id}`, `${at}[price]`);
  const metered = price.recurring?.usage_type === 'metered';
  if (metered && line.quantity !== undefined)
    throw invalidRequest(`Quantity should not be specified where usage_type is \`metered\`. Remove quantity from \`${at}\``, `${at}[quantity]`);
  if (!metered && line.quantity === undefined)
    throw invalidRequest(`Quantity is required. Add \`quantity\` to \`${at}\``, `${at}[quantity]`, 'parameter_missing');
  if (line.quantity !== undefined && line.quantity < 1)
    throw invalidRequest('This value must be greater than or equal to 1.', `${at}[quantity]`, 'parameter_invalid_integer');
  if (mode === 'payment' && price.recurring)
    throw invalidRequest(
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
      'mode',
    );
  if (mode === 'subscription' && !price.recurring) throw invalidRequest('You must provide at least one recurring price in `subscription` mode.', 'line_items');
  return { price, quantity: line.quantity ?? null };
}
