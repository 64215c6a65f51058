import { publicSession } from './resources/checkout-sessions';
import { paySession } from './resources/session-outcomes';
import { renewDueSubscriptions } from './resources/subscription-changes';
import type { ServerParts } from './start-simulator';

interface ControlAnswer {
  status: number;
  body: object;
}

type Control = (parts: ServerParts, input: Record<string, string>) => ControlAnswer | Promise<ControlAnswer>;

/** What tests may do to the account from outside. Each is `POST /_sim/NAME` with a JSON object, or `GET /_sim/state|violations`. */
const CONTROLS: Record<string, Control> = {
  'GET state': ({ sim }) => ok(sim.state),
  'GET violations': ({ sim }) => ok({ violations: sim.violations }),
  'POST pay': ({ sim }, { session = '' }) => {
    const paid = paySession(sim, session);
    sim.commit();
    return ok(publicSession(paid));
  },
  'POST advance': ({ sim }, { seconds = '0', decline }) => {
    sim.state.clockOffsetS += Number(seconds);
    sim.touch();
    renewDueSubscriptions(sim, decline === 'true');
    sim.commit();
    return ok({ now: sim.nowS() });
  },
  'POST hold-webhooks': ({ deliveries }) => {
    deliveries.held = true;
    return ok({});
  },
  'POST release-webhooks': ({ deliveries }) => {
    deliveries.held = false;
    deliveries.wake();
    return ok({});
  },
  'POST redeliver': async ({ sim, deliveries }, { event = '', times = '1' }) => {
    const found = sim.state.events.find((each) => each.id === event);
    if (!found) return { status: 404, body: { error: 'no such event' } };
    const statuses = await Promise.all(Array.from({ length: Number(times) }, () => deliveries.sendOnce(found)));
    return ok({ statuses });
  },
};

export async function serveControl(parts: ServerParts, method: string, url: URL, body: string): Promise<ControlAnswer> {
  const control = CONTROLS[`${method} ${url.pathname.slice('/_sim/'.length)}`];
  if (!control) return { status: 404, body: { error: 'no such control', controls: Object.keys(CONTROLS) } };
  return control(parts, body ? (JSON.parse(body) as Record<string, string>) : {});
}

function ok(body: object): ControlAnswer {
  return { status: 200, body };
}
