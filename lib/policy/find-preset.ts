import type { OrgId } from '@/lib/kernel/ids';
import { findPresetFault, type PresetFields, type PresetTexts, presetFields } from '@/lib/kernel/preset';
import type { GatewayPool } from '@/lib/store';

/** One version of a preset, as a call takes it. */
export interface CompiledPreset {
  slug: string;
  version: number;
  /** The alias or model that it calls. */
  model: string;
  system: string;
  fields: PresetFields;
}

/** A preset by the name in a call; null: the organization has none of it, or not that version. Without a version: the newest. */
export async function findPreset(pool: GatewayPool, orgId: OrgId, slug: string, version: number | null): Promise<CompiledPreset | null> {
  const { rows } = await pool.query<{ version: number; model: string; system: string; parameters: Partial<PresetTexts> }>({
    name: 'find-preset',
    text: `SELECT v.version, v.model, v.system, v.parameters FROM preset p
           JOIN preset_version v ON v.preset_id = p.id AND v.version = coalesce($3::int, p.version) WHERE p.org_id = $1 AND p.slug = $2`,
    values: [orgId, slug, version],
  });
  const row = rows[0];
  if (!row) return null;
  const texts = { temperature: '', topP: '', maxTokens: '', tools: '', json: false, ...row.parameters };
  // Saved before presets could be called, such texts were never checked.
  return { slug, version: row.version, model: row.model, system: row.system, fields: findPresetFault(texts) === null ? presetFields(texts) : {} };
}

/** What an organization's presets are called and call, for the list of models. */
export async function listPresetNames(pool: GatewayPool, orgId: OrgId): Promise<{ slug: string; name: string; model: string; createdAtS: number }[]> {
  const { rows } = await pool.query<{ slug: string; name: string; model: string; created_s: string }>({
    name: 'list-presets',
    text: 'SELECT slug, name, model, extract(epoch from created_at)::bigint::text AS created_s FROM preset WHERE org_id = $1 ORDER BY slug',
    values: [orgId],
  });
  return rows.map(({ slug, name, model, created_s }) => ({ slug, name, model, createdAtS: Number(created_s) }));
}
