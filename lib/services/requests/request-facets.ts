import { type Ctx, requireRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';

export interface Facet {
  id: string;
  label: string;
  requests: number;
}

export interface RequestFacets {
  models: Facet[];
  aliases: Facet[];
  providers: Facet[];
  keys: Facet[];
}

/** What the filters can be set to: everything that was called in the last ninety days, most used first. Read from the roll-ups. */
export async function requestFacets({ ctx }: { ctx: Ctx }): Promise<RequestFacets> {
  requireRight(ctx, 'logs:read');
  return withOrg(ctx.orgId, async (tx) => {
    const rows = await tx.$queryRaw<{ field: keyof RequestFacets; id: string; label: string | null; requests: bigint }[]>`
      WITH used AS (
        SELECT CASE WHEN GROUPING(model_id) = 0 THEN 'models' WHEN GROUPING(alias) = 0 THEN 'aliases' WHEN GROUPING(provider_id) = 0 THEN 'providers' ELSE 'keys' END AS field,
          coalesce(model_id, alias, provider_id, key_id) AS id, sum(requests)::bigint AS requests
        FROM usage_rollup WHERE org_id = ${ctx.orgId} AND bucket >= now() - interval '90 days' GROUP BY GROUPING SETS ((model_id), (alias), (provider_id), (key_id))
      )
      SELECT u.field, u.id, coalesce(p.label, k.name) AS label, u.requests FROM used u
      LEFT JOIN provider p ON u.field = 'providers' AND p.id = u.id LEFT JOIN api_key k ON u.field = 'keys' AND k.id = u.id
      ORDER BY requests DESC, id`;
    const facets: RequestFacets = { models: [], aliases: [], providers: [], keys: [] };
    for (const row of rows) {
      if (row.id !== '') facets[row.field].push({ id: row.id, label: row.label ?? row.id, requests: Number(row.requests) });
    }
    return facets;
  });
}
