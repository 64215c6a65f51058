import { publicSession } from './resources/checkout-sessions';
import type { Simulator } from './simulator';
import { invalidRequest } from './stripe-fault';

const MAX_DEPTH = 4;

/** Replaces the ids that `expand[]` names by their objects, on a copy. */
export function expand(sim: Simulator, answer: object, paths: readonly string[]): object {
  if (paths.length === 0) return answer;
  const copy = structuredClone(answer) as Record<string, unknown>;
  for (const path of paths) {
    const steps = path.split('.');
    if (steps.length > MAX_DEPTH + 1) throw invalidRequest(`You cannot expand more than ${MAX_DEPTH} levels of a property. Property: ${path}`, 'expand');
    expandStep(sim, copy, steps, path);
  }
  return copy;
}

function expandStep(sim: Simulator, node: Record<string, unknown>, steps: readonly string[], path: string): void {
  const [step, ...rest] = steps;
  if (step === undefined) return;
  const value = node[step] === undefined ? includable(sim, node, step) : node[step];
  if (value === undefined) throw invalidRequest(`This property cannot be expanded (${path}).`, 'expand');
  const next = typeof value === 'string' ? findObject(sim, value) : value;
  node[step] = next ?? value;
  for (const child of Array.isArray(next) ? next : [next]) {
    if (typeof child === 'object' && child !== null) expandStep(sim, child as Record<string, unknown>, rest, path);
  }
}

/** Parts that Stripe leaves out unless they are asked for. */
function includable(sim: Simulator, node: Record<string, unknown>, name: string): unknown {
  const id = String(node.id);
  if (node.object === 'checkout.session' && name === 'line_items')
    return { object: 'list', data: structuredClone(sim.state.sessionLines[id] ?? []), has_more: false, url: `/v1/checkout/sessions/${id}/line_items` };
  if (node.object === 'invoice' && name === 'payments') return structuredClone(sim.state.invoices[id]?.payments);
  return undefined;
}

function findObject(sim: Simulator, id: string): object | undefined {
  const { customers, products, prices, subscriptions, invoices, paymentIntents, charges, sessions } = sim.state;
  const session = sessions[id];
  const found = customers[id] ?? products[id] ?? prices[id] ?? subscriptions[id] ?? paymentIntents[id] ?? charges[id] ?? (session && publicSession(session));
  if (found) return structuredClone(found);
  const invoice = invoices[id];
  if (!invoice) return undefined;
  const { payments: _, ...rest } = structuredClone(invoice);
  return rest;
}
