import { tellOperators } from '@/lib/services/operator/watch/tell-operators';
import { defineJob } from './define-job';

/** What an operator should look at reaches them by mail within five minutes. */
export const tellOperatorsJob = defineJob({ name: 'operator.watch', everyMs: 5 * 60_000, run: () => tellOperators() });
