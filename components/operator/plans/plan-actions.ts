import type { z } from 'zod';
import type { ActionResult } from '@/lib/http/action';
import type { SavePlanInput } from '@/lib/services/operator/plans/save-plan';

export interface PlanActions {
  save: (input: z.input<typeof SavePlanInput>) => Promise<ActionResult<{ id: string; kept: string | null }>>;
  remove: (input: { id: string }) => Promise<ActionResult<void>>;
}
