import { managementRoute } from '@/lib/http/management-route';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { InstallationLedgerEntryAnswer, LedgerEntryAnswer } from '@/lib/services/management/answers/tenant';
import { ofOrganization } from '@/lib/services/management/installation/of-organization';
import { listEveryLedger, listLedger } from '@/lib/services/management/list-ledger';
import { pageSchema } from '@/lib/services/management/page';

export const GET = managementRoute({
  summary: 'Every movement of money, newest first; for an operator’s key of every organization',
  scope: 'billing',
  query: pageSchema.extend(ofOrganization),
  answer: pageAnswer(LedgerEntryAnswer),
  operatorAnswer: pageAnswer(InstallationLedgerEntryAnswer),
  org: ({ ctx, query }) => listLedger({ ctx, input: query }),
  operator: ({ ctx, query }) => listEveryLedger({ ctx, input: query }),
});
