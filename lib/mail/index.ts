export { deliverDueMails } from './deliver-mail';
export { findPublicUrl, readPublicUrl } from './public-url';
export { queueMail } from './queue-mail';
export { type RenderedMail, renderMail } from './render-mail';
export { sendMail } from './send-mail';
export type { Mail } from './templates';
export type { AlertFacts } from './templates/alert';
export type { BillingFacts } from './templates/billing';
export type { TwoFactorEvent } from './templates/security';
