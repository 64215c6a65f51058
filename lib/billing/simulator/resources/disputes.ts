import type { Handler, Simulator } from '../simulator';
import type { Metadata } from '../state';
import { resourceMissing } from '../stripe-fault';
import { type Charge, getCharge } from './charges';
import { listPage } from './list-page';

export type DisputeStatus = 'warning_needs_response' | 'warning_closed' | 'needs_response' | 'under_review' | 'won' | 'lost';

const EVIDENCE = [
  'access_activity_log', 'billing_address', 'cancellation_policy', 'cancellation_policy_disclosure', 'cancellation_rebuttal', 'customer_communication',
  'customer_email_address', 'customer_name', 'customer_purchase_ip', 'customer_signature', 'duplicate_charge_documentation', 'duplicate_charge_explanation',
  'duplicate_charge_id', 'product_description', 'receipt', 'refund_policy', 'refund_policy_disclosure', 'refund_refusal_explanation', 'service_date',
  'service_documentation', 'shipping_address', 'shipping_carrier', 'shipping_date', 'shipping_documentation', 'shipping_tracking_number', 'uncategorized_file',
  'uncategorized_text',
];

/** What a customer's bank does: a dispute, or an inquiry that takes no money yet. */
export function openDispute(sim: Simulator, chargeId: string, isInquiry: boolean): Dispute {
  const charge = getCharge(sim, chargeId);
  const dispute = buildDispute(sim, charge, isInquiry ? 'warning_needs_response' : 'needs_response');
  sim.state.disputes[dispute.id] = dispute;
  charge.disputed = true;
  sim.emit('charge.dispute.created', dispute);
  if (!isInquiry) sim.emit('charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

/** What the bank decides. A won dispute brings the money back. */
export function closeDispute(sim: Simulator, id: string, status: 'won' | 'lost' | 'warning_closed'): Dispute {
  const dispute = getDispute(sim, id);
  dispute.status = status;
  sim.touch();
  sim.emit('charge.dispute.closed', dispute);
  if (status === 'won') sim.emit('charge.dispute.funds_reinstated', dispute);
  return dispute;
}

function buildDispute(sim: Simulator, charge: Charge, status: DisputeStatus) {
  return {
    id: sim.newId('du'),
    object: 'dispute' as const,
    amount: charge.amount,
    balance_transactions: [] as never[],
    charge: charge.id,
    created: sim.nowS(),
    currency: charge.currency,
    enhanced_eligibility_types: [] as never[],
    evidence: { ...Object.fromEntries(EVIDENCE.map((name) => [name, null])), enhanced_evidence: {} },
    evidence_details: { due_by: null, enhanced_eligibility: {}, has_evidence: false, past_due: false, submission_count: 0, submission_method: 'manual' as const },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false as const,
    metadata: {} as Metadata,
    network_reason_code: null,
    payment_intent: charge.payment_intent,
    reason: 'fraudulent',
    status,
  };
}

export type Dispute = ReturnType<typeof buildDispute>;

export const retrieveDispute: Handler = (sim, _params, id) => getDispute(sim, id);

export const listDisputes: Handler = (sim, params) => {
  const { charge, payment_intent: paymentIntent } = params as { charge?: string; payment_intent?: string };
  const found = Object.values(sim.state.disputes).filter(
    (dispute) => (!charge || dispute.charge === charge) && (!paymentIntent || dispute.payment_intent === paymentIntent),
  );
  return listPage(found, params, '/v1/disputes');
};

function getDispute(sim: Simulator, id: string): Dispute {
  const dispute = sim.state.disputes[id];
  if (!dispute) throw resourceMissing('dispute', id, 'dispute');
  return dispute;
}
