'use server';

import { operatorAction } from '@/lib/http/action';
import { RemovePlanInput, removePlan, SavePlanInput, savePlan } from '@/lib/services/operator/plans/save-plan';

export const savePlanAction = operatorAction(SavePlanInput, savePlan);
export const removePlanAction = operatorAction(RemovePlanInput, removePlan);
