import { managementRoute } from '@/lib/http/management-route';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { AuditEntryAnswer } from '@/lib/services/management/answers/tenant';
import { listAudit } from '@/lib/services/management/list-audit';
import { pageSchema } from '@/lib/services/management/page';

export const GET = managementRoute({
  summary: 'Who changed what; for an operator’s key everywhere',
  scope: 'audit',
  query: pageSchema,
  answer: pageAnswer(AuditEntryAnswer),
  org: ({ ctx, query }) => listAudit({ ctx, input: query }),
  operator: ({ ctx, query }) => listAudit({ ctx, input: query }),
});
