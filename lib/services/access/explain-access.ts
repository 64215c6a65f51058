import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { type AllowVerdict, explainName, explainTarget, type Layer } from '@/lib/policy/allow';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { readLayers, readModelFacts } from './read-access';

export const ExplainAccessInput = z.object({
  /** Slug or id. */
  org: z.string().trim().min(1).max(80),
  /** An alias or a model, as a client would call it. */
  name: z.string().trim().min(1).max(200),
  role: z.string().max(20).optional(),
  /** A key of the organization, by id or its last four characters. */
  key: z.string().trim().max(80).optional(),
});

export interface AccessExplanation {
  org: { slug: string; name: string; plan: string };
  name: string;
  kind: 'alias' | 'model' | 'unknown';
  verdict: AllowVerdict;
  /** Each voice in order, with what it says about the name. */
  layers: { name: Layer['name']; allow: readonly string[] | null; deny: readonly string[]; verdict: AllowVerdict }[];
  /** For an alias: what happens to each of its targets. */
  targets: { model: string; verdict: AllowVerdict }[];
}

/** Why a name can or cannot be called: the first layer that refuses decides, and nothing below it can lift that. */
export async function explainAccess({ input }: { ctx: OperatorCtx; input: z.output<typeof ExplainAccessInput> }): Promise<AccessExplanation> {
  return asSystem(async (tx) => {
    const org = await tx.organization.findFirst({ where: { OR: [{ id: input.org }, { slug: input.org }] }, include: { plan: true } });
    if (!org) throw new FairleadError('invalid_request', `There is no organization "${input.org}".`, { param: 'org' });
    const key = input.key ? await tx.apiKey.findFirst({ where: { orgId: org.id, OR: [{ id: input.key }, { last4: input.key }] }, orderBy: { createdAt: 'desc' } }) : null;
    if (input.key && !key) throw new FairleadError('invalid_request', `It has no key "${input.key}".`, { param: 'key' });
    const maker = key?.createdById ? await tx.membership.findFirst({ where: { orgId: org.id, userId: key.createdById }, select: { role: true } }) : null;
    const layers = await readLayers(tx, org, input.role || maker?.role || null, key && !key.allModels ? key.models : null);
    const facts = await readModelFacts(tx);
    const alias = await tx.alias.findUnique({ where: { name: input.name }, select: { targets: true } });
    const model = alias ? null : (facts.get(input.name) ?? null);
    return {
      org: { slug: org.slug, name: org.name, plan: org.plan.name },
      name: input.name,
      kind: alias ? 'alias' : model ? 'model' : 'unknown',
      verdict: explainName(input.name, model, layers),
      layers: layers.map((layer) => ({ ...layer, verdict: explainName(input.name, model, [layer]) })),
      targets: ((alias?.targets ?? []) as { model: string }[]).flatMap(({ model: id }) => {
        const target = facts.get(id);
        return target ? [{ model: id, verdict: explainTarget(input.name, target, layers) }] : [];
      }),
    };
  });
}
