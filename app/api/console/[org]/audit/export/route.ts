import { consoleDownload } from '@/lib/http/console-route';
import { AuditQuery, exportAuditEntries } from '@/lib/services/audit/list-audit-entries';

export const GET = consoleDownload(AuditQuery, exportAuditEntries, () => ({
  fileName: `audit-${new Date().toISOString().slice(0, 10)}.csv`,
  contentType: 'text/csv; charset=utf-8',
}));
