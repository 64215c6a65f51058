import { z } from 'zod';
import { managementRoute } from '@/lib/http/management-route';
import { grantCreditToOrg } from '@/lib/services/operator/grant-credit';

const Body = z.strictObject({ amount_usd: z.string(), reason: z.string() });

export const POST = managementRoute({
  body: Body,
  status: 201,
  operator: ({ ctx, params, body, request }) =>
    grantCreditToOrg({ ctx, input: { org: params.id ?? '', usd: body.amount_usd, reason: body.reason, idempotencyKey: request.headers.get('idempotency-key') ?? undefined } }),
});
