import { deliverDueMails } from '@/lib/mail';
import { defineJob } from './define-job';

/** Mails whose first try failed get their later ones. */
export const deliverMails = defineJob({ name: 'mail.deliver', everyMs: 30_000, run: deliverDueMails });
