export { deliverDueMails } from './deliver-mail';
export { type RenderedMail, renderMail } from './render-mail';
export { sendMail } from './send-mail';
export type { Mail } from './templates';
export type { AlertFacts } from './templates/alert';
