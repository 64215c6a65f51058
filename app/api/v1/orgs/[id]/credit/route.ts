import { z } from 'zod';
import { managementRoute } from '@/lib/http/management-route';
import { GrantedCreditAnswer } from '@/lib/services/management/answers/installation';
import { grantCreditToOrg } from '@/lib/services/operator/grant-credit';

const Body = z.strictObject({
  amount_usd: z.string(),
  reason: z.string(),
  expires: z.string().optional().meta({ description: 'A day (UTC) or a time at which what is left of it ends.' }),
});

export const POST = managementRoute({
  summary: 'Give an organization paid-class credit, usable for every model',
  scope: 'orgs',
  body: Body,
  status: 201,
  answer: GrantedCreditAnswer,
  operator: ({ ctx, params, body, request }) =>
    grantCreditToOrg({
      ctx,
      input: {
        org: params.id ?? '',
        usd: body.amount_usd,
        reason: body.reason,
        expires: body.expires,
        idempotencyKey: request.headers.get('idempotency-key') ?? undefined,
      },
    }),
});
