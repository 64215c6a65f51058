import { compileCard } from '@/lib/catalog';
import { type Layer, layersOf, ownLayers } from '@/lib/policy/allow';
import type { ModelFacts } from '@/lib/policy/rules';
import { readPlatformDeny } from '@/lib/services/access/platform-deny';
import type { Tx } from '@/lib/store';

interface OrgLists {
  allowModels: string[];
  denyModels: string[];
  roleModels: unknown;
  plan: { allow: string[]; deny: string[] };
}

/** The voices in who may call what, as the gateway hears them: for an organization, a role in it and a key's own list. */
export async function readLayers(tx: Tx, org: OrgLists, role: string | null, keyModels: readonly string[] | null): Promise<Layer[]> {
  return layersOf({
    platformDeny: (await readPlatformDeny(tx)).map(({ rule }) => rule),
    plan: org.plan,
    own: ownLayers({ allow: org.allowModels, deny: org.denyModels, roles: org.roleModels }, role),
    keyModels,
  });
}

/** What rules can ask of each model that is switched on. */
export async function readModelFacts(tx: Tx): Promise<Map<string, ModelFacts>> {
  const rows = await tx.model.findMany({
    where: { enabled: true },
    include: {
      provider: { select: { baseUrl: true, dataRegion: true } },
      cards: { where: { orgId: null, effectiveFrom: { lte: new Date() } }, orderBy: [{ effectiveFrom: 'desc' }, { createdAt: 'desc' }], take: 1 },
    },
  });
  return new Map(
    rows.map((row) => {
      const named = row.provider.baseUrl;
      return [
        row.id,
        {
          id: row.id,
          provider: row.providerId,
          region: row.provider.dataRegion || (named && named !== 'default' && !named.includes('://') ? named : null),
          capabilities: new Set(row.capabilities),
          rates: readRates(row.cards[0]),
        },
      ];
    }),
  );
}

function readRates(row: { id: string; currency: string; fxRate: string | null; rates: unknown; tiers: unknown } | undefined): ModelFacts['rates'] {
  if (!row) return null;
  try {
    const card = compileCard({ id: row.id, currency: row.currency, fx_rate: row.fxRate, rates: row.rates, tiers: row.tiers } as Parameters<typeof compileCard>[0]);
    return { input: card.inputRate, output: card.outputRate };
  } catch {
    return null;
  }
}
