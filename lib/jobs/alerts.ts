import { deliverAlerts } from '@/lib/services/alerts/deliver-alerts';
import { evaluateAlerts } from '@/lib/services/alerts/evaluate-alerts';
import { defineJob } from './define-job';

/** What crossed its threshold is told within a minute. */
export const watchAlerts = defineJob({ name: 'alerts.watch', everyMs: 60_000, run: ({ signal }) => evaluateAlerts({ signal }) });

/** Messages leave soon after they were written, and again later when they did not get through. */
export const sendAlerts = defineJob({ name: 'alerts.send', everyMs: 10_000, run: ({ signal }) => deliverAlerts({ signal }) });
