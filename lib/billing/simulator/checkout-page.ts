import { type CheckoutSession, getSession } from './resources/checkout-sessions';
import { expireWhenDue, paySession } from './resources/session-outcomes';
import { escapeHtml, formatCents, LABEL, layout, type PageAnswer } from './page-layout';
import type { Simulator } from './simulator';

/** The page where a person pays a session. Plain HTML: it must work without scripts and in any language's console. */
export function showCheckout(sim: Simulator, sessionId: string): PageAnswer {
  const session = sim.state.sessions[sessionId];
  if (!session) return { status: 404, html: layout('Not found', '<p>There is no such checkout session.</p>') };
  expireWhenDue(sim, session);
  sim.commit();
  if (session.status === 'complete') return { redirect: successUrl(session) };
  if (session.status === 'expired') return { status: 410, html: layout('Expired', `<p>This checkout session has expired.</p>${backLink(session)}`) };
  return { status: 200, html: layout('Checkout', checkoutForm(sim, session)) };
}

/** What its two buttons do. */
export function actOnCheckout(sim: Simulator, sessionId: string, action: string): PageAnswer {
  if (!sim.state.sessions[sessionId]) return showCheckout(sim, sessionId);
  const session = getSession(sim, sessionId);
  if (action === 'cancel') return { redirect: session.cancel_url ?? new URL('/', session.success_url).toString() };
  if (action !== 'pay') return showCheckout(sim, sessionId);
  paySession(sim, sessionId);
  sim.commit();
  if (session.status === 'complete') return { redirect: successUrl(session) };
  return { status: 402, html: layout('Declined', `<p role="alert">The card was declined. Nothing was charged.</p>${checkoutForm(sim, session)}`) };
}

function successUrl(session: CheckoutSession): string {
  return session.success_url.replaceAll('{CHECKOUT_SESSION_ID}', session.id);
}

function checkoutForm(sim: Simulator, session: CheckoutSession): string {
  const lines = sim.state.sessionLines[session.id] ?? [];
  const rows = lines.map(
    (line) =>
      `<tr><td>${escapeHtml(line.description ?? 'Item')}${line.price.recurring ? ` <small>per ${escapeHtml(line.price.recurring.interval)}</small>` : ''}</td><td class="n">${formatCents(line.amount_total, session.currency)}</td></tr>`,
  );
  return `
${LABEL}
<h1>Checkout (simulator)</h1>
<table>${rows.join('')}<tr class="total"><td>Total today</td><td class="n">${formatCents(session.amount_total, session.currency)}</td></tr></table>
<form method="post">
<button class="main" name="action" value="pay">Pay</button>
<button name="action" value="cancel">Cancel</button>
</form>
<p>This page stands in for Stripe Checkout because no Stripe key is set. What is bought here changes plan limits and pays for demo models only.</p>`;
}

function backLink(session: CheckoutSession): string {
  return session.cancel_url ? `<p><a href="${escapeHtml(session.cancel_url)}">Back</a></p>` : '';
}
