import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import type { OperatorCtx } from '@/lib/services/context';
import { findOrg } from '@/lib/services/operator/find-org';
import { resumeTenant, setTenantLimits, setTenantModels, setTenantNotes, setTenantPlan, suspendTenant } from '@/lib/services/operator/tenants/change-tenant';
import { getTenant } from '@/lib/services/operator/tenants/get-tenant';

const limit = z.int().min(1).max(2_000_000_000).nullable().optional();
const lists = z.strictObject({ allow: z.array(z.string()).optional(), deny: z.array(z.string()).optional() });

/** `PATCH /api/v1/orgs/{id}`: what is not named stays. */
export const UpdateOrgBody = z.strictObject({
  plan: z.string().optional(),
  limits: z.strictObject({ rpm: limit, tpm: limit, concurrency: limit }).optional().meta({ description: 'In the place of the plan’s; null: the plan’s hold.' }),
  models: lists.optional().meta({ description: 'Narrower than the plan: what this organization may call, and may not.' }),
  roles: z
    .record(z.enum(['owner', 'admin', 'developer', 'billing', 'viewer']), lists)
    .optional()
    .meta({ description: 'Narrower still, by the role of a key’s maker. Replaced whole.' }),
  suspended: z.boolean().optional(),
  suspend_reason: z.string().optional().meta({ description: 'Needed to suspend; its people read it.' }),
  notes: z.string().nullable().optional().meta({ description: 'The operator’s own; the organization never sees them.' }),
});

export interface OrgItemJson {
  id: string;
  slug: string;
  name: string;
  plan: string;
  owners: string[];
  members: number;
  keys: number;
  available_usd: string;
  suspended: boolean;
  suspend_reason: string | null;
  limits: { rpm: number | null; tpm: number | null; concurrency: number | null };
  models: { allow: string[]; deny: string[] };
  roles: Record<string, { allow: string[]; deny: string[] }>;
  notes: string | null;
  created_at: string;
  last_active_at: string | null;
}

/** One organization by slug or id, as the operator sees it. */
export async function getOrgItem({ ctx, input }: { ctx: OperatorCtx; input: { id: string } }): Promise<OrgItemJson> {
  const { slug } = await findOrg(input.id);
  const org = await getTenant({ ctx, input: { slug } });
  return {
    id: org.id,
    slug: org.slug,
    name: org.name,
    plan: org.plan.id,
    owners: org.people
      .filter(({ role }) => role === 'owner')
      .map(({ email }) => email)
      .sort(),
    members: org.members,
    keys: org.keys,
    available_usd: org.available_usd,
    suspended: org.suspended,
    suspend_reason: org.suspendReason,
    limits: org.limits,
    models: org.lists,
    roles: org.roles,
    notes: org.notes,
    created_at: org.createdAt,
    last_active_at: org.lastActiveAt,
  };
}

/** Changes what the body names, each with its audit row in the organization's own audit. Calls are refused or allowed within a second. */
export async function updateOrgItem({ ctx, input }: { ctx: OperatorCtx; input: { id: string; body: z.output<typeof UpdateOrgBody> } }): Promise<OrgItemJson> {
  const { body } = input;
  const now = await getOrgItem({ ctx, input });
  const { id } = now;
  if (body.suspended === true && !now.suspended && !body.suspend_reason?.trim())
    throw new FairleadError('invalid_request', 'Say why: its people read it.', { param: 'suspend_reason' });
  if (body.plan !== undefined && body.plan !== now.plan) await setTenantPlan({ ctx, input: { id, plan: body.plan } });
  if (body.limits) await setTenantLimits({ ctx, input: { id, ...now.limits, ...body.limits } });
  if (body.models || body.roles) {
    const roles = Object.fromEntries(Object.entries(body.roles ?? now.roles).map(([role, { allow = [], deny = [] }]) => [role, { allow, deny }]));
    await setTenantModels({ ctx, input: { id, lists: { ...now.models, ...body.models }, roles: roles as never } });
  }
  if (body.notes !== undefined) await setTenantNotes({ ctx, input: { id, notes: body.notes ?? '' } });
  if (body.suspended === true && !now.suspended) await suspendTenant({ ctx, input: { id, reason: body.suspend_reason ?? '' } });
  if (body.suspended === false && now.suspended) await resumeTenant({ ctx, input: { id } });
  return getOrgItem({ ctx, input: { id } });
}
