import { z } from 'zod';
import { managementRoute } from '@/lib/http/management-route';
import { BalanceAnswer } from '@/lib/services/management/answers/tenant';
import { ofOrganization } from '@/lib/services/management/installation/of-organization';
import { getBalance, getInstallationBalance } from '@/lib/services/management/get-balance';

export const GET = managementRoute({
  summary: 'What is left, held and spent, fund by fund; for an operator’s key over every organization',
  scope: 'billing',
  query: z.object(ofOrganization),
  answer: BalanceAnswer,
  org: ({ ctx }) => getBalance({ ctx }),
  operator: ({ ctx, query }) => getInstallationBalance({ ctx, input: query }),
});
