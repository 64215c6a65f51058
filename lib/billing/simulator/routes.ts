import type { Contract, Operation } from './contract/load-contract';
import * as charges from './resources/charges';
import * as sessions from './resources/checkout-sessions';
import * as customers from './resources/customers';
import * as disputes from './resources/disputes';
import * as events from './resources/events';
import * as drafts from './resources/invoice-drafts';
import * as invoicePayments from './resources/invoice-payments';
import * as invoices from './resources/invoices';
import * as meterEvents from './resources/meter-events';
import * as meters from './resources/meters';
import * as intents from './resources/payment-intents';
import * as methods from './resources/payment-methods';
import * as portal from './resources/portal';
import * as prices from './resources/prices';
import * as products from './resources/products';
import * as prorations from './resources/prorations';
import * as refunds from './resources/refunds';
import * as outcomes from './resources/session-outcomes';
import * as setups from './resources/setup-intents';
import * as changes from './resources/subscription-changes';
import * as subscriptions from './resources/subscriptions';
import * as thinEvents from './resources/thin-events';
import type { Handler } from './simulator';

/** What the simulator plays, by the contract's own path. A path of the contract that is missing here answers 501. */
const HANDLERS: Record<string, Handler> = {
  'GET /v1/customers': customers.listCustomers,
  'POST /v1/customers': customers.createCustomer,
  'GET /v1/customers/{id}': customers.retrieveCustomer,
  'POST /v1/customers/{id}': customers.updateCustomer,
  'DELETE /v1/customers/{id}': customers.deleteCustomer,
  'GET /v1/products': products.listProducts,
  'POST /v1/products': products.createProduct,
  'GET /v1/products/{id}': products.retrieveProduct,
  'POST /v1/products/{id}': products.updateProduct,
  'GET /v1/prices': prices.listPrices,
  'POST /v1/prices': prices.createPrice,
  'GET /v1/prices/{id}': prices.retrievePrice,
  'POST /v1/prices/{id}': prices.updatePrice,
  'GET /v1/checkout/sessions': sessions.listSessions,
  'POST /v1/checkout/sessions': sessions.createSession,
  'GET /v1/checkout/sessions/{id}': sessions.retrieveSession,
  'GET /v1/checkout/sessions/{id}/line_items': sessions.listSessionLines,
  'POST /v1/checkout/sessions/{id}/expire': outcomes.expireSession,
  'GET /v1/subscriptions': subscriptions.listSubscriptions,
  'GET /v1/subscriptions/{id}': subscriptions.retrieveSubscription,
  'POST /v1/subscriptions/{id}': changes.updateSubscription,
  'DELETE /v1/subscriptions/{id}': changes.cancelSubscription,
  'GET /v1/invoices': invoices.listInvoices,
  'GET /v1/invoices/{id}': invoices.retrieveInvoice,
  'GET /v1/invoices/{id}/lines': invoices.listInvoiceLines,
  'POST /v1/invoices': drafts.createInvoice,
  'DELETE /v1/invoices/{id}': drafts.deleteDraft,
  'POST /v1/invoiceitems': drafts.createInvoiceItem,
  'POST /v1/invoices/{id}/finalize': drafts.finalizeDraft,
  'POST /v1/invoices/{id}/pay': invoices.payOpenInvoice,
  'POST /v1/invoices/{id}/void': invoices.voidInvoice,
  'POST /v1/invoices/create_preview': prorations.createPreview,
  'GET /v1/invoice_payments': invoicePayments.listInvoicePayments,
  'GET /v1/payment_intents': intents.listPaymentIntents,
  'GET /v1/payment_intents/{id}': intents.retrievePaymentIntent,
  'POST /v1/payment_intents': intents.createPaymentIntent,
  'POST /v1/payment_intents/{id}/confirm': intents.confirmPaymentIntent,
  'POST /v1/payment_intents/{id}/cancel': intents.cancelPaymentIntent,
  'GET /v1/setup_intents/{id}': setups.retrieveSetupIntent,
  'GET /v1/payment_methods': methods.listPaymentMethods,
  'GET /v1/payment_methods/{id}': methods.retrievePaymentMethod,
  'POST /v1/payment_methods/{id}/detach': methods.detachPaymentMethod,
  'GET /v1/customers/{id}/payment_methods': methods.listCustomerPaymentMethods,
  'GET /v1/disputes': disputes.listDisputes,
  'GET /v1/disputes/{id}': disputes.retrieveDispute,
  'GET /v1/billing/meters': meters.listMeters,
  'POST /v1/billing/meters': meters.createMeter,
  'GET /v1/billing/meters/{id}': meters.retrieveMeter,
  'POST /v1/billing/meters/{id}': meters.updateMeter,
  'POST /v1/billing/meters/{id}/deactivate': meters.deactivateMeter,
  'POST /v1/billing/meters/{id}/reactivate': meters.reactivateMeter,
  'GET /v1/billing/meters/{id}/event_summaries': meterEvents.listSummaries,
  'POST /v1/billing/meter_events': meterEvents.createMeterEvent,
  'POST /v1/billing/meter_event_adjustments': meterEvents.createAdjustment,
  'GET /v1/billing_portal/configurations': portal.listConfigurations,
  'POST /v1/billing_portal/configurations': portal.createConfiguration,
  'POST /v1/billing_portal/sessions': portal.createPortalSession,
  'GET /v1/charges': charges.listCharges,
  'GET /v1/charges/{id}': charges.retrieveCharge,
  'GET /v1/refunds': refunds.listRefunds,
  'POST /v1/refunds': refunds.createRefund,
  'GET /v1/refunds/{id}': refunds.retrieveRefund,
  'GET /v1/events': events.listEvents,
  'GET /v1/events/{id}': events.retrieveEvent,
  'GET /v2/core/events': thinEvents.listThinEvents,
  'GET /v2/core/events/{id}': thinEvents.retrieveThinEvent,
};

export interface Route {
  operation: Operation;
  handler: Handler | undefined;
  id: string;
}

/** Finds the operation of the contract behind a method and path, or null when Stripe has no such URL. */
export function matchRoute(contract: Contract, method: string, path: string): Route | null {
  for (const [template, operations] of Object.entries(contract.paths)) {
    const operation = operations[method.toLowerCase()];
    if (!operation) continue;
    const id = matchPath(template, path);
    if (id !== null) return { operation, handler: HANDLERS[`${method} ${template}`], id };
  }
  return null;
}

function matchPath(template: string, path: string): string | null {
  const want = template.split('/');
  const have = path.split('/');
  if (want.length !== have.length) return null;
  let id = '';
  for (const [index, part] of want.entries()) {
    const value = have[index] ?? '';
    if (part.startsWith('{')) {
      if (value === '' || value === 'search' || value === 'create_preview') return null;
      id = decodeURIComponent(value);
    } else if (part !== value) return null;
  }
  return id;
}
