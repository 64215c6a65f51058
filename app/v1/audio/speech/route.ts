import { gatewayRoute } from '@/lib/http/gateway-route';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

export { gatewayRoute as GET, gatewayRoute as OPTIONS, gatewayRoute as POST };
