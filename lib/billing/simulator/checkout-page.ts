import { type CheckoutSession, getSession } from './resources/checkout-sessions';
import { expireWhenDue, paySession } from './resources/session-outcomes';
import type { Simulator } from './simulator';

/** What the checkout page answers: a page, or a way back to the product. */
export type PageAnswer = { status: number; html: string } | { redirect: string };

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

/** The portal's stand-in: says what Stripe's own page would offer, and leads back. */
export function showPortal(sim: Simulator, customerId: string, returnUrl: string): PageAnswer {
  const customer = sim.state.customers[customerId];
  if (!customer || customer.deleted) return { status: 404, html: layout('Not found', '<p>There is no such customer.</p>') };
  const invoices = Object.values(sim.state.invoices).filter((invoice) => invoice.customer === customerId);
  const rows = invoices.map((invoice) => `<tr><td>${escapeHtml(invoice.number)} <small>${invoice.status}</small></td><td class="n">${formatCents(invoice.total, invoice.currency)}</td></tr>`);
  const back = /^https?:\/\//.test(returnUrl) ? `<p><a href="${escapeHtml(returnUrl)}">Back</a></p>` : '';
  return {
    status: 200,
    html: layout('Customer portal', `<p class="label">Stripe simulator: no card, no real money</p><h1>Customer portal (simulator)</h1><p>At Stripe, cards, tax ids and invoices are managed here.</p><table>${rows.join('')}</table>${back}`),
  };
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
<p class="label">Stripe simulator: no card, no real money</p>
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

function formatCents(amount: number, currency: string): string {
  return `${(amount / 100).toFixed(2)} ${escapeHtml(currency.toUpperCase())}`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function layout(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${title} · Stripe simulator</title>
<style>
:root{color-scheme:light dark}
body{margin:0;font:14px/1.5 system-ui,sans-serif;background:#FBFAF7;color:#14202B}
main{max-width:420px;margin:64px auto;padding:32px;background:#FFF;border:1px solid #DDD9D0;border-radius:10px}
h1{font-size:20px;font-weight:600;margin:16px 0}
.label{margin:0;font-weight:600;color:#B4470F}
table{width:100%;border-collapse:collapse}td{padding:8px 0;border-bottom:1px solid #DDD9D0}.n{text-align:right;font-family:ui-monospace,monospace}.total td{font-weight:600}
form{display:flex;gap:8px;margin:24px 0}
button{font:inherit;padding:8px 16px;border-radius:6px;border:1px solid #8A8F94;background:transparent;color:inherit;cursor:pointer}
.main{background:#0F5C63;border-color:#0F5C63;color:#FFF}
button:focus-visible,a:focus-visible{outline:2px solid #0F5C63;outline-offset:2px}
small,p:last-child{color:#56626E}
@media (prefers-color-scheme:dark){body{background:#0D1419;color:#E9EDEF}main{background:#141D24;border-color:#26323B}td{border-color:#26323B}.label{color:#F08A4B}.main{background:#5CC3C7;border-color:#5CC3C7;color:#06262A}small,p:last-child{color:#9BA8B2}}
</style></head><body><main>${body}</main></body></html>`;
}
