import { managementRoute } from '@/lib/http/management-route';
import { OrgDetailAnswer } from '@/lib/services/management/answers/installation';
import { getOrgItem, UpdateOrgBody, updateOrgItem } from '@/lib/services/management/org-item';

export const GET = managementRoute({
  summary: 'Read an organization by slug or id',
  scope: 'orgs',
  answer: OrgDetailAnswer,
  operator: ({ ctx, params }) => getOrgItem({ ctx, input: { id: params.id ?? '' } }),
});

export const PATCH = managementRoute({
  summary: 'Change plan, limits or models of an organization, or suspend it with a reason; in force within a second',
  scope: 'orgs',
  body: UpdateOrgBody,
  answer: OrgDetailAnswer,
  operator: ({ ctx, params, body }) => updateOrgItem({ ctx, input: { id: params.id ?? '', body } }),
});
