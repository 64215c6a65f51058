import type { z } from 'zod';
import type { ActionResult } from '@/lib/http/action';
import type { SetTenantLimitsInput, SetTenantModelsInput } from '@/lib/services/operator/tenants/change-tenant';

export interface TenantActions {
  setPlan: (input: { id: string; plan: string }) => Promise<ActionResult<void>>;
  setLimits: (input: z.input<typeof SetTenantLimitsInput>) => Promise<ActionResult<void>>;
  setModels: (input: z.input<typeof SetTenantModelsInput>) => Promise<ActionResult<void>>;
  grantCredit: (input: { org: string; usd: string; reason: string; expires?: string }) => Promise<ActionResult<{ granted_usd: string }>>;
  suspend: (input: { id: string; reason: string }) => Promise<ActionResult<void>>;
  resume: (input: { id: string }) => Promise<ActionResult<void>>;
  setNotes: (input: { id: string; notes: string }) => Promise<ActionResult<void>>;
  viewAs: (input: { id: string }) => Promise<ActionResult<{ slug: string }>>;
}
