import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import type { FoundModel } from './test-connection';

/** What a provider lists beside what is offered of it. */
export interface ModelDiff {
  /** Listed and not offered yet. */
  fresh: FoundModel[];
  /** Offered, under our name, and listed. */
  present: { id: string; upstreamModel: string }[];
  /** Offered, and no longer listed: calls to them may fail. */
  missing: { id: string; upstreamModel: string }[];
}

export async function compareModels({ input }: { ctx: OperatorCtx; input: { provider: string; found: FoundModel[] } }): Promise<ModelDiff> {
  const offered = await asSystem((tx) => tx.model.findMany({ where: { providerId: input.provider }, select: { id: true, upstreamModel: true }, orderBy: { id: 'asc' } }));
  const listed = new Set(input.found.map(({ id }) => id));
  const known = new Set(offered.map(({ upstreamModel }) => upstreamModel));
  return {
    fresh: input.found.filter(({ id }) => !known.has(id)),
    present: offered.filter(({ upstreamModel }) => listed.has(upstreamModel)),
    missing: offered.filter(({ upstreamModel }) => !listed.has(upstreamModel)),
  };
}
