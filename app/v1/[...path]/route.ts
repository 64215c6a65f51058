import { gatewayRoute } from '@/lib/http/gateway-route';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

// What is not served answers 404 `unsupported_endpoint` in the envelope, whatever the method.
export { gatewayRoute as DELETE, gatewayRoute as GET, gatewayRoute as OPTIONS, gatewayRoute as PATCH, gatewayRoute as POST, gatewayRoute as PUT };
