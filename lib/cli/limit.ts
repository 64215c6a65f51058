import { BUDGET_PERIODS } from '@/lib/services/keys/key-input';
import { UsageError } from './command';

/** "5.00/month" as dollars and period; an amount alone is for good. `option` names what it was given for. */
export function parseLimit(text: string, option: string): { usd: string; period: (typeof BUDGET_PERIODS)[number] } {
  const [usd = '', word = 'total', ...more] = text.split('/');
  const period = BUDGET_PERIODS.find((each) => each === word);
  if (!period || more.length > 0 || !/^\d{1,10}(\.\d{1,9})?$/.test(usd))
    throw new UsageError(`${option} "${text}" is not dollars per ${BUDGET_PERIODS.join(', ')}, such as 5.00/month`);
  return { usd, period };
}
