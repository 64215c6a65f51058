import { operatorDownload } from '@/lib/http/console-route';
import { AuditFilterInput, exportOperatorAudit } from '@/lib/services/operator/watch/list-operator-audit';

export const GET = operatorDownload(AuditFilterInput, exportOperatorAudit, () => ({
  fileName: `operator-audit-${new Date().toISOString().slice(0, 10)}.csv`,
  contentType: 'text/csv; charset=utf-8',
}));
