import { publicSession } from './resources/checkout-sessions';
import { closeDispute, openDispute } from './resources/disputes';
import { createRefund, failRefund } from './resources/refunds';
import { renewDueSubscriptions } from './resources/renewals';
import { expireWhenDue, paySession, settleDelayed } from './resources/session-outcomes';
import { reportMeterError } from './resources/thin-events';
import type { PlannedFault } from './planned-faults';
import type { ServerParts } from './start-simulator';

interface ControlAnswer {
  status: number;
  body: object;
}

type Input = Record<string, string>;
type Control = (parts: ServerParts, input: Input) => object | Promise<object>;

/** What tests may do to the account from outside. Each is `POST /_sim/NAME` with a JSON object of texts, or a `GET`. */
const CONTROLS: Record<string, Control> = {
  'GET state': ({ sim }) => sim.state,
  'GET requests': ({ sim }) => ({ requests: sim.requests }),
  'GET violations': ({ sim }) => ({ violations: sim.violations }),
  'POST pay': ({ sim }, { session = '', delayed, card }) =>
    publicSession(paySession(sim, session, { delayed: delayed === 'true', withoutCard: card === 'none' })),
  'POST abandon': ({ sim }, { session = '' }) => {
    const found = sim.state.sessions[session];
    if (!found) throw new Error('no such session');
    found.expires_at = sim.nowS();
    expireWhenDue(sim, found);
    return publicSession(found);
  },
  'POST settle-delayed': ({ sim }, { session = '', succeeds = 'true' }) => publicSession(settleDelayed(sim, session, succeeds === 'true')),
  'POST decline': ({ sim }, { code = 'card_declined', times = '1' }) => {
    sim.state.declines = { code, times: Number(times) };
    sim.touch();
    return sim.state.declines;
  },
  'POST tax': ({ sim }, { percent = '0', address }) => {
    sim.state.taxPercent = Number(percent);
    sim.state.wantsAddress = address === 'needed';
    sim.touch();
    return {};
  },
  'POST advance': ({ sim }, { seconds = '0', decline }) => {
    sim.state.clockOffsetS += Number(seconds);
    sim.touch();
    if (decline === 'true') sim.state.declines = { code: 'card_declined', times: 1 };
    renewDueSubscriptions(sim);
    return { now: sim.nowS() };
  },
  'POST meter-error': ({ sim }, { identifier = '', code = 'meter_event_customer_not_found' }) => reportMeterError(sim, identifier, code),
  'POST refund': ({ sim }, { charge = '', amount }) => createRefund(sim, { charge, ...(amount && { amount: Number(amount) }) }, ''),
  'POST fail-refund': ({ sim }, { refund = '' }) => failRefund(sim, refund),
  'POST open-dispute': ({ sim }, { charge = '', inquiry }) => openDispute(sim, charge, inquiry === 'true'),
  'POST close-dispute': ({ sim }, { dispute = '', status = 'won' }) => closeDispute(sim, dispute, status as 'won' | 'lost' | 'warning_closed'),
  'POST hold-webhooks': ({ deliveries }) => {
    deliveries.held = true;
    return {};
  },
  'POST release-webhooks': ({ deliveries }) => {
    deliveries.held = false;
    deliveries.wake();
    return {};
  },
  'POST drop-webhooks': ({ sim }) => ({ dropped: sim.dropDeliveries() }),
  'POST reorder-webhooks': ({ sim }) => {
    sim.state.deliveries.reverse();
    sim.touch();
    return {};
  },
  'POST delay-webhooks': ({ sim }, { ms = '1000' }) => {
    for (const delivery of sim.state.deliveries) delivery.nextAtMs = Date.now() + Number(ms);
    sim.touch();
    return {};
  },
  'POST redeliver': async ({ sim, deliveries }, { event = '', times = '1', secret }) => {
    const found = sim.state.events.find((each) => each.id === event);
    if (!found) throw new Error('no such event');
    return { statuses: await Promise.all(Array.from({ length: Number(times) }, () => deliveries.sendOnce(found, secret))) };
  },
  'POST fault': ({ faults }, { method = 'POST', path = '/', after = '0', times = '1', kind = '500' }) => {
    faults.push({ method, path, after: Number(after), times: Number(times), kind: (/^\d+$/.test(kind) ? Number(kind) : kind) as PlannedFault['kind'] });
    return {};
  },
  'POST forget-idempotency': ({ sim }) => {
    sim.state.idempotency = {};
    sim.touch();
    return {};
  },
};

export async function serveControl(parts: ServerParts, method: string, url: URL, body: string): Promise<ControlAnswer> {
  const control = CONTROLS[`${method} ${url.pathname.slice('/_sim/'.length)}`];
  if (!control) return { status: 404, body: { error: 'no such control', controls: Object.keys(CONTROLS) } };
  try {
    return { status: 200, body: await control(parts, body ? (JSON.parse(body) as Input) : {}) };
  } catch (error) {
    return { status: 404, body: { error: error instanceof Error ? error.message : String(error) } };
  } finally {
    parts.sim.commit();
  }
}
