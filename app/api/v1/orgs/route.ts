import { z } from 'zod';
import { managementRoute } from '@/lib/http/management-route';
import { pageSchema } from '@/lib/services/management/page';
import { listOrgs } from '@/lib/services/operator/list-orgs';
import { createOrg } from '@/lib/services/orgs/create-org';

const Body = z.strictObject({ name: z.string(), owner_email: z.string(), password: z.string().optional(), plan: z.string().optional() });

export const GET = managementRoute({
  query: pageSchema,
  operator: ({ ctx, query }) => listOrgs({ ctx, input: query }),
});

export const POST = managementRoute({
  body: Body,
  status: 201,
  operator: ({ ctx, body: { owner_email: ownerEmail, ...rest } }) => createOrg({ ctx, input: { ...rest, ownerEmail } }),
});
