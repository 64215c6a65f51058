import { managementRoute } from '@/lib/http/management-route';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { LedgerEntryAnswer } from '@/lib/services/management/answers/tenant';
import { listLedger } from '@/lib/services/management/list-ledger';
import { pageSchema } from '@/lib/services/management/page';

export const GET = managementRoute({
  summary: 'Every movement of money, newest first',
  scope: 'billing',
  query: pageSchema,
  answer: pageAnswer(LedgerEntryAnswer),
  org: ({ ctx, query }) => listLedger({ ctx, input: query }),
});
