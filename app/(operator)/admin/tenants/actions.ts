'use server';

import { redirect } from 'next/navigation';
import { closeView, openView } from '@/lib/auth/view-as';
import { operatorAction } from '@/lib/http/action';
import {
  recordView,
  resumeTenant,
  SetTenantLimitsInput,
  SetTenantModelsInput,
  SetTenantNotesInput,
  SetTenantPlanInput,
  SuspendTenantInput,
  setTenantLimits,
  setTenantModels,
  setTenantNotes,
  setTenantPlan,
  suspendTenant,
  TenantIdInput,
} from '@/lib/services/operator/tenants/change-tenant';
import { GrantCreditSchema, grantCreditToOrg } from '@/lib/services/operator/grant-credit';

export const setTenantPlanAction = operatorAction(SetTenantPlanInput, setTenantPlan);
export const setTenantLimitsAction = operatorAction(SetTenantLimitsInput, setTenantLimits);
export const setTenantModelsAction = operatorAction(SetTenantModelsInput, setTenantModels);
export const setTenantNotesAction = operatorAction(SetTenantNotesInput, setTenantNotes);
export const suspendTenantAction = operatorAction(SuspendTenantInput, suspendTenant);
export const resumeTenantAction = operatorAction(TenantIdInput, resumeTenant);
export const grantCreditAction = operatorAction(GrantCreditSchema, grantCreditToOrg);

/** Written down first: who looks in is in the organization's audit before anything is seen. */
export const viewAsAction = operatorAction(TenantIdInput, async ({ ctx, input }) => {
  const org = await recordView({ ctx, input });
  await openView(ctx.user.id, input.id);
  return org;
});

/** Back from looking in. Needs nobody's permission: it only takes the view away. */
export async function leaveViewAction(): Promise<void> {
  await closeView();
  redirect('/admin/tenants');
}
