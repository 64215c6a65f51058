import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { type Ctx, requireRight } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { withOrg } from '@/lib/store';
import { PresetIdInput, PresetParameters, type PresetView, savePreset } from './presets';

const MAX_SHOWN = 50;

export interface PresetVersionView {
  version: number;
  model: string;
  system: string;
  parameters: z.output<typeof PresetParameters>;
  /** E-mail of who saved it; empty when they are gone. */
  by: string;
  createdAt: string;
}

export const PresetVersionInput = PresetIdInput.extend({ version: z.number().int().min(1) });

/** The latest fifty versions of a preset, newest first. */
export async function listPresetVersions({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<PresetVersionView[]> {
  requireRight(ctx, 'logs:read');
  const { id } = parseInput(PresetIdInput, input);
  return withOrg(ctx.orgId, async (tx) => {
    const rows = await tx.presetVersion.findMany({ where: { presetId: id, orgId: ctx.orgId }, orderBy: { version: 'desc' }, take: MAX_SHOWN });
    const makers = await tx.user.findMany({ where: { id: { in: rows.flatMap(({ createdById }) => createdById ?? []) } }, select: { id: true, email: true } });
    const emails = new Map(makers.map(({ id: userId, email }) => [userId, email]));
    return rows.map(({ version, model, system, parameters, createdById, createdAt }) => ({
      version,
      model,
      system,
      parameters: PresetParameters.parse(parameters),
      by: (createdById && emails.get(createdById)) || '',
      createdAt: createdAt.toISOString(),
    }));
  });
}

/** Makes an earlier version the newest, as a version of its own. */
export async function restorePresetVersion({ ctx, input }: { ctx: Ctx; input: z.input<typeof PresetVersionInput> }): Promise<PresetView> {
  requireRight(ctx, 'keys:write');
  const { id, version } = parseInput(PresetVersionInput, input);
  const found = await withOrg(ctx.orgId, (tx) =>
    tx.presetVersion.findFirst({ where: { presetId: id, version, orgId: ctx.orgId }, include: { preset: { select: { name: true } } } }),
  );
  if (!found) throw new FairleadError('not_found');
  return savePreset({
    ctx,
    input: { name: found.preset.name, model: found.model, system: found.system, parameters: PresetParameters.parse(found.parameters) },
  });
}
