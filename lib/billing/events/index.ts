import type { EventHandler } from '../process-events';
import { chargeDisputeClosed } from './charge-dispute-closed';
import { chargeDisputeCreated } from './charge-dispute-created';
import { chargeDisputeFundsReinstated } from './charge-dispute-funds-reinstated';
import { chargeDisputeFundsWithdrawn } from './charge-dispute-funds-withdrawn';
import { chargeDisputeUpdated } from './charge-dispute-updated';
import { chargeRefunded } from './charge-refunded';
import { checkoutSessionAsyncPaymentFailed } from './checkout-session-async-payment-failed';
import { checkoutSessionAsyncPaymentSucceeded } from './checkout-session-async-payment-succeeded';
import { checkoutSessionCompleted } from './checkout-session-completed';
import { checkoutSessionExpired } from './checkout-session-expired';
import { customerDeleted } from './customer-deleted';
import { customerSubscriptionCreated } from './customer-subscription-created';
import { customerSubscriptionDeleted } from './customer-subscription-deleted';
import { customerSubscriptionPaused } from './customer-subscription-paused';
import { customerSubscriptionPendingUpdateApplied } from './customer-subscription-pending-update-applied';
import { customerSubscriptionPendingUpdateExpired } from './customer-subscription-pending-update-expired';
import { customerSubscriptionResumed } from './customer-subscription-resumed';
import { customerSubscriptionTrialWillEnd } from './customer-subscription-trial-will-end';
import { customerSubscriptionUpdated } from './customer-subscription-updated';
import { customerUpdated } from './customer-updated';
import { invoiceMarkedUncollectible } from './invoice-marked-uncollectible';
import { invoicePaid } from './invoice-paid';
import { invoicePaymentActionRequired } from './invoice-payment-action-required';
import { invoicePaymentFailed } from './invoice-payment-failed';
import { invoiceVoided } from './invoice-voided';
import { paymentIntentPaymentFailed } from './payment-intent-payment-failed';
import { paymentIntentSucceeded } from './payment-intent-succeeded';
import { paymentMethodDetached } from './payment-method-detached';
import { refundCreated } from './refund-created';
import { refundFailed } from './refund-failed';
import { refundUpdated } from './refund-updated';
import { setupIntentSucceeded } from './setup-intent-succeeded';
import { v1BillingMeterErrorReportTriggered } from './v1-billing-meter-error-report-triggered';
import { v1BillingMeterNoMeterFound } from './v1-billing-meter-no-meter-found';

/** Which events mean something to us, one file each. All others are stored and ignored. */
export const EVENT_HANDLERS: Record<string, EventHandler> = {
  'charge.dispute.closed': chargeDisputeClosed,
  'charge.dispute.created': chargeDisputeCreated,
  'charge.dispute.funds_reinstated': chargeDisputeFundsReinstated,
  'charge.dispute.funds_withdrawn': chargeDisputeFundsWithdrawn,
  'charge.dispute.updated': chargeDisputeUpdated,
  'charge.refunded': chargeRefunded,
  'checkout.session.async_payment_failed': checkoutSessionAsyncPaymentFailed,
  'checkout.session.async_payment_succeeded': checkoutSessionAsyncPaymentSucceeded,
  'checkout.session.completed': checkoutSessionCompleted,
  'checkout.session.expired': checkoutSessionExpired,
  'customer.deleted': customerDeleted,
  'customer.subscription.created': customerSubscriptionCreated,
  'customer.subscription.deleted': customerSubscriptionDeleted,
  'customer.subscription.paused': customerSubscriptionPaused,
  'customer.subscription.pending_update_applied': customerSubscriptionPendingUpdateApplied,
  'customer.subscription.pending_update_expired': customerSubscriptionPendingUpdateExpired,
  'customer.subscription.resumed': customerSubscriptionResumed,
  'customer.subscription.trial_will_end': customerSubscriptionTrialWillEnd,
  'customer.subscription.updated': customerSubscriptionUpdated,
  'customer.updated': customerUpdated,
  'invoice.marked_uncollectible': invoiceMarkedUncollectible,
  'invoice.paid': invoicePaid,
  'invoice.payment_action_required': invoicePaymentActionRequired,
  'invoice.payment_failed': invoicePaymentFailed,
  'invoice.voided': invoiceVoided,
  'payment_intent.payment_failed': paymentIntentPaymentFailed,
  'payment_intent.succeeded': paymentIntentSucceeded,
  'payment_method.detached': paymentMethodDetached,
  'refund.created': refundCreated,
  'refund.failed': refundFailed,
  'refund.updated': refundUpdated,
  'setup_intent.succeeded': setupIntentSucceeded,
  'v1.billing.meter.error_report_triggered': v1BillingMeterErrorReportTriggered,
  'v1.billing.meter.no_meter_found': v1BillingMeterNoMeterFound,
};
