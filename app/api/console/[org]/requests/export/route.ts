import { z } from 'zod';
import { consoleDownload } from '@/lib/http/console-route';
import { exportRequests } from '@/lib/services/requests/export-requests';
import { requestQuerySchema } from '@/lib/services/requests/request-filters';

const exportQuery = requestQuerySchema.extend({ format: z.enum(['csv', 'jsonl']).default('csv') });

export const GET = consoleDownload(exportQuery, exportRequests, ({ format }) => ({
  fileName: `requests-${new Date().toISOString().slice(0, 10)}.${format}`,
  contentType: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
}));
