export { deliverDueMails } from './deliver-mail';
export { sendMail } from './send-mail';
export type { Mail } from './templates';
