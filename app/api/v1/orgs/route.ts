import { z } from 'zod';
import { managementRoute } from '@/lib/http/management-route';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { CreatedOrgAnswer, OrgAnswer } from '@/lib/services/management/answers/installation';
import { pageSchema } from '@/lib/services/management/page';
import { listOrgs } from '@/lib/services/operator/list-orgs';
import { createOrg } from '@/lib/services/orgs/create-org';

const Body = z.strictObject({ name: z.string(), owner_email: z.string(), password: z.string().optional(), plan: z.string().optional() });

export const GET = managementRoute({
  summary: 'List organizations, newest first',
  scope: 'orgs',
  query: pageSchema,
  answer: pageAnswer(OrgAnswer),
  operator: ({ ctx, query }) => listOrgs({ ctx, input: query }),
});

export const POST = managementRoute({
  summary: 'Make an organization and its owner',
  scope: 'orgs',
  body: Body,
  status: 201,
  answer: CreatedOrgAnswer,
  operator: ({ ctx, body: { owner_email: ownerEmail, ...rest } }) => createOrg({ ctx, input: { ...rest, ownerEmail } }),
});
