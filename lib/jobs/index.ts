import type { Job } from './define-job';
import { sendAlerts, watchAlerts } from './alerts';
import { BILLING_JOBS } from './billing-jobs';
import { deliverMails } from './deliver-mails';
import { monthlyCredit } from './monthly-credit';
import { retireCredentialsJob } from './retire-credentials';
import { tellOperatorsJob } from './tell-operators';

export { defineJob, type Job, type JobContext } from './define-job';
export { type RunningJobs, startJobs } from './start-jobs';

/** Every background job of the product, one line each. One process of the installation runs each of them. */
export const JOBS: readonly Job[] = [...BILLING_JOBS, deliverMails, sendAlerts, watchAlerts, tellOperatorsJob, retireCredentialsJob, monthlyCredit];
