/** What a page of the simulator answers: the page, or another address. */
export type PageAnswer = { status: number; html: string } | { redirect: string };

export const LABEL = '<p class="label">Stripe simulator: no card, no real money</p>';

export function formatCents(amount: number, currency: string): string {
  return `${(amount / 100).toFixed(2)} ${escapeHtml(currency.toUpperCase())}`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** A whole page in plain HTML: it must work without scripts. */
export function layout(title: string, body: string): string {
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
