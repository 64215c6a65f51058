import { accountDownload } from '@/lib/http/console-route';
import { exportOwnData } from '@/lib/services/accounts/export-own-data';

export const GET = accountDownload(exportOwnData, () => ({ fileName: `my-data-${new Date().toISOString().slice(0, 10)}.json`, contentType: 'application/json; charset=utf-8' }));
