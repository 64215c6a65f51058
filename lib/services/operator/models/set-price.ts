import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { toPrices } from '@/lib/services/config/canonical';
import { toCardColumns } from '@/lib/services/config/price-card-row';
import { PricesSchema } from '@/lib/services/config/prices-schema';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { applyEntries } from '@/lib/services/operator/apply-entries';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem, bumpVersion } from '@/lib/store';

export const SetPriceInput = z.object({
  model: z.string(),
  /** The instant it takes over; null: now. */
  effectiveFrom: z.iso.datetime({ offset: true }).nullable(),
  /** For one organization only, by id or slug; empty: for everybody. */
  organization: z.string().trim().max(80),
  /** Per million tokens, as `prices` of fairlead.yaml. */
  prices: PricesSchema,
});

/**
 * Gives a model a new price card. Calls admitted before its hour keep the card of their time. The card in force for
 * everybody is written as a file would write it; later ones and those of one organization are rows of their own.
 */
export async function setPrice({ ctx, input }: { ctx: OperatorCtx; input: z.input<typeof SetPriceInput> }): Promise<void> {
  const { model, effectiveFrom, organization, prices } = parseInput(SetPriceInput, input);
  const from = effectiveFrom === null ? null : new Date(effectiveFrom);
  if (from && from.getTime() < Date.now() - 60_000) throw new FairleadError('invalid_request', 'A price cannot begin in the past: calls of then are priced already.', { param: 'effectiveFrom' });
  const now = await asSystem((tx) => tx.model.findUnique({ where: { id: model }, include: { provider: { select: { adapter: true } } } }));
  if (!now) throw new FairleadError('not_found');
  if (prices.output === undefined && now.kind === 'chat') throw new FairleadError('invalid_request', 'A chat model has a price for what it writes.', { param: 'prices.output' });
  if (from === null && organization === '') {
    return applyEntries(ctx, { models: [{ id: model, provider: now.providerId, prices }] }, { action: 'price.set', targetType: 'model', targetId: model });
  }
  const columns = toCardColumns(toPrices(prices));
  await asSystem(async (tx) => {
    const org = organization === '' ? null : await tx.organization.findFirst({ where: { OR: [{ id: organization }, { slug: organization }] }, select: { id: true, slug: true } });
    if (organization !== '' && !org) throw new FairleadError('invalid_request', `There is no organization "${organization}".`, { param: 'organization' });
    const card = { id: newId('card'), modelId: model, orgId: org?.id ?? null, effectiveFrom: from ?? new Date(), ...columns, source: 'operator' };
    await tx.priceCard.create({ data: card });
    await recordAudit(tx, ctx, {
      action: 'price.set',
      targetType: 'model',
      targetId: model,
      after: { effective_from: card.effectiveFrom.toISOString(), organization: org?.slug ?? null, currency: columns.currency, fx_rate: columns.fxRate, ...(columns.rates as object), tiers: columns.tiers },
    });
    await bumpVersion(tx, 'policy');
  });
}
