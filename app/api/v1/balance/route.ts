import { managementRoute } from '@/lib/http/management-route';
import { BalanceAnswer } from '@/lib/services/management/answers/tenant';
import { getBalance } from '@/lib/services/management/get-balance';

export const GET = managementRoute({
  summary: 'What is left, held and spent, fund by fund',
  scope: 'billing',
  answer: BalanceAnswer,
  org: ({ ctx }) => getBalance({ ctx }),
});
