import { operationRoute } from '@/lib/http/operation-route';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

export { operationRoute as GET };
