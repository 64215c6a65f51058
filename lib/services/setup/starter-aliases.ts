import { z } from 'zod';
import { parseUsd } from '@/lib/kernel/money';
import { STARTER_ALIASES } from '@/lib/services/catalogue/starter';
import type { OperatorCtx } from '@/lib/services/context';
import { listOperatorModels, type OperatorModel } from '@/lib/services/operator/models/list-models';
import { applyEntries } from '@/lib/services/operator/apply-entries';

export interface StarterProposal {
  name: string;
  description: string;
  /** In order; empty where no real model fits, so the demo stays behind it. */
  targets: string[];
}

const CHINESE = new Set(['qwen', 'deepseek', 'kimi', 'glm', 'doubao', 'minimax', 'siliconflow']);
const MOST_TARGETS = 3;

/** The starter aliases over the models that can be called now: priced, switched on, not the demo's. A proposal only. */
export async function proposeStarter({ ctx }: { ctx: OperatorCtx }): Promise<{ aliases: StarterProposal[]; models: OperatorModel[] }> {
  const models = (await listOperatorModels({ ctx })).filter(({ demo, enabled, kind, price }) => !demo && enabled && kind === 'chat' && price !== null);
  const cheapest = sortBy(models, outputPrice);
  const dearest = [...cheapest].reverse();
  const orders: Record<string, OperatorModel[]> = {
    'fast-chat': cheapest,
    'code-reasoner': sortBy(dearest, (model) => (/cod|reason|think|sonnet|gpt-5|k2|glm-4/i.test(model.id) ? 0 : 1)),
    'long-context': sortBy(cheapest, (model) => -(model.contextWindow ?? 0)),
    'zh-business': sortBy(cheapest, (model) => (CHINESE.has(model.provider.adapter) ? 0 : 1)),
    'advanced-reasoning': dearest,
  };
  return { aliases: STARTER_ALIASES.map(({ name, description }) => ({ name, description, targets: spread(orders[name] ?? cheapest) })), models };
}

export const ApplyStarterInput = z.object({ aliases: z.array(z.object({ name: z.string(), targets: z.array(z.string()).min(1).max(50) })).max(20) });

/** Puts the starter aliases over real models. An alias that is not named stays what it is. */
export async function applyStarter({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof ApplyStarterInput> }): Promise<void> {
  const aliases = input.aliases.map(({ name, targets }) => ({ name, targets: targets.map((model) => ({ model })) }));
  await applyEntries(ctx, { aliases }, { action: 'setup.aliases', targetType: 'config', targetId: 'aliases' });
}

/** The first of each provider before the second of any: a fallback at the same provider helps little when that provider is down. */
function spread(models: readonly OperatorModel[]): string[] {
  const seen = new Set<string>();
  const firsts = models.filter(({ provider }) => !seen.has(provider.id) && seen.add(provider.id));
  return [...firsts, ...models.filter((model) => !firsts.includes(model))].slice(0, MOST_TARGETS).map(({ id }) => id);
}

function outputPrice(model: OperatorModel): number {
  return Number(parseUsd(model.price?.outputUsd ?? '0'));
}

function sortBy(models: readonly OperatorModel[], of: (model: OperatorModel) => number): OperatorModel[] {
  return [...models].sort((a, b) => of(a) - of(b));
}
