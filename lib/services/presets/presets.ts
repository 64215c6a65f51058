import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { findPresetFault, PRESET_PREFIX } from '@/lib/kernel/preset';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { slugify } from '@/lib/services/orgs/slug';
import { requireFeature } from '@/lib/services/orgs/plan-features';
import { parseInput } from '@/lib/services/parse-input';
import { bumpVersion, type Tx, withOrg } from '@/lib/store';

const MAX_PRESETS = 200;

/** What a preset sets besides its model and system prompt: texts as the playground holds them. */
export const PresetParameters = z.object({
  temperature: z.string().max(20).default(''),
  topP: z.string().max(20).default(''),
  maxTokens: z.string().max(20).default(''),
  tools: z.string().max(50_000).default(''),
  json: z.boolean().default(false),
});

export interface PresetView {
  id: string;
  name: string;
  /** What a call names as its model: `preset/<slug>`. */
  slug: string;
  model: string;
  system: string;
  parameters: z.output<typeof PresetParameters>;
  /** Raised by every change. */
  version: number;
  updatedAt: string;
}

export const SavePresetInput = z.object({
  name: z.string().trim().min(1).max(80),
  model: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .refine((model) => !model.startsWith(PRESET_PREFIX), 'is a preset itself'),
  system: z.string().max(50_000),
  parameters: PresetParameters.refine((texts) => findPresetFault(texts) === null, 'hold a value that cannot be sent'),
});
export type SavePresetInput = z.input<typeof SavePresetInput>;

export const PresetIdInput = z.object({ id: z.string().max(100) });

/** The organization's presets by name. */
export async function listPresets({ ctx }: { ctx: Ctx }): Promise<PresetView[]> {
  requireRight(ctx, 'logs:read');
  return withOrg(ctx.orgId, async (tx) => (await tx.preset.findMany({ where: { orgId: ctx.orgId }, orderBy: { name: 'asc' } })).map(viewPreset));
}

/** Keeps a model with its prompt and parameters under a name; a name that is taken becomes its next version. Callable within a second. */
export async function savePreset({ ctx, input }: { ctx: Ctx; input: SavePresetInput }): Promise<PresetView> {
  requireRight(ctx, 'keys:write');
  await requireFeature(ctx, 'presets');
  const { name, model, system, parameters } = parseInput(SavePresetInput, input);
  return withOrg(ctx.orgId, async (tx) => {
    const before = await tx.preset.findUnique({ where: { orgId_name: { orgId: ctx.orgId, name } } });
    if (!before && (await tx.preset.count({ where: { orgId: ctx.orgId } })) >= MAX_PRESETS) throw new FairleadError('conflict', `An organization has at most ${MAX_PRESETS} presets.`);
    const row = before
      ? await tx.preset.update({ where: { id: before.id }, data: { model, system, parameters, version: { increment: 1 }, updatedAt: new Date() } })
      : await tx.preset.create({ data: { id: newId('pre'), orgId: ctx.orgId, name, slug: await findFreePresetSlug(tx, ctx.orgId, name), model, system, parameters, createdById: ctx.actor.type === 'user' ? ctx.actor.id : null } });
    await tx.presetVersion.create({ data: { presetId: row.id, version: row.version, orgId: ctx.orgId, model, system, parameters, createdById: ctx.actor.type === 'user' ? ctx.actor.id : null } });
    await bumpVersion(tx, 'keys');
    await recordAudit(tx, ctx, {
      action: before ? 'preset.update' : 'preset.create',
      targetType: 'preset',
      targetId: row.id,
      ...(before ? { before: { name, model: before.model, version: before.version } } : {}),
      after: { name, model, version: row.version },
    });
    return viewPreset(row);
  });
}

export async function deletePreset({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<{ id: string }> {
  requireRight(ctx, 'keys:write');
  const { id } = parseInput(PresetIdInput, input);
  return withOrg(ctx.orgId, async (tx) => {
    const row = await tx.preset.findFirst({ where: { id, orgId: ctx.orgId } });
    if (!row) throw new FairleadError('not_found');
    await tx.preset.delete({ where: { id } });
    await bumpVersion(tx, 'keys');
    await recordAudit(tx, ctx, { action: 'preset.delete', targetType: 'preset', targetId: id, before: { name: row.name, model: row.model, version: row.version } });
    return { id };
  });
}

/** The name as a call writes it: plain where it is free, else with a number. */
async function findFreePresetSlug(tx: Tx, orgId: string, name: string): Promise<string> {
  const plain = slugify(name) || 'preset';
  const taken = new Set((await tx.preset.findMany({ where: { orgId, slug: { startsWith: plain } }, select: { slug: true } })).map(({ slug }) => slug));
  for (let number = 1; ; number++) {
    const slug = number === 1 ? plain : `${plain}-${number}`;
    if (!taken.has(slug)) return slug;
  }
}

type PresetRow = NonNullable<Awaited<ReturnType<Tx['preset']['findUnique']>>>;

function viewPreset({ id, name, slug, model, system, parameters, version, updatedAt }: PresetRow): PresetView {
  return { id, name, slug, model, system, parameters: PresetParameters.parse(parameters), version, updatedAt: updatedAt.toISOString() };
}
