'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { operatorAction } from '@/lib/http/action';
import { renderPlan } from '@/lib/services/config/render-plan';
import { putConfig } from '@/lib/services/management/config-document';

const FileInput = z.object({ text: z.string().max(4 * 1024 * 1024), prune: z.boolean() });

export const planFileAction = operatorAction(FileInput, async ({ ctx, input }) => {
  const { changes } = await putConfig({ ctx, input: { ...input, dryRun: true, ifMatch: null } });
  return { plan: renderPlan(changes) };
});

export const applyFileAction = operatorAction(FileInput, async ({ ctx, input }) => {
  const { changes } = await putConfig({ ctx, input: { ...input, dryRun: false, ifMatch: null } });
  revalidatePath('/admin/config');
  return { plan: renderPlan(changes) };
});
