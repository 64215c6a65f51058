import { grantMonthlyCredit } from '@/lib/services/orgs/grant-monthly-credit';
import { defineJob } from './define-job';

/** Included credit comes with the first hour of a month, and what a day's cap kept back with the next day. */
export const monthlyCredit = defineJob({ name: 'credit.monthly', everyMs: 60 * 60 * 1_000, run: () => grantMonthlyCredit() });
