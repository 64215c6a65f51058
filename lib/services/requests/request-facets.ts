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
      WITH used AS (SELECT * FROM usage_rollup WHERE org_id = ${ctx.orgId} AND bucket >= now() - interval '90 days')
      SELECT 'models' AS field, model_id AS id, null AS label, sum(requests)::bigint AS requests FROM used GROUP BY 2
      UNION ALL SELECT 'aliases', alias, null, sum(requests)::bigint FROM used GROUP BY 2
      UNION ALL SELECT 'providers', provider_id, max(p.label), sum(requests)::bigint FROM used LEFT JOIN provider p ON p.id = provider_id GROUP BY 2
      UNION ALL SELECT 'keys', key_id, max(k.name), sum(requests)::bigint FROM used LEFT JOIN api_key k ON k.id = key_id GROUP BY 2
      ORDER BY requests DESC, id`;
    const facets: RequestFacets = { models: [], aliases: [], providers: [], keys: [] };
    for (const row of rows) {
      if (row.id !== '') facets[row.field].push({ id: row.id, label: row.label ?? row.id, requests: Number(row.requests) });
    }
    return facets;
  });
}
