import { consoleDownload } from '@/lib/http/console-route';
import { exportUsage } from '@/lib/services/usage/export-usage';
import { usageQuerySchema } from '@/lib/services/usage/usage-query';

export const GET = consoleDownload(usageQuerySchema, exportUsage, ({ group }) => ({
  fileName: `usage-by-${group}-${new Date().toISOString().slice(0, 10)}.csv`,
  contentType: 'text/csv; charset=utf-8',
}));
