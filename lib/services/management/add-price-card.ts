import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { PricesSchema } from '@/lib/services/config/prices-schema';
import { toPrices } from '@/lib/services/config/canonical';
import { toCardColumns } from '@/lib/services/config/price-card-row';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { findOrg } from '@/lib/services/operator/find-org';
import { asSystem, bumpVersion } from '@/lib/store';
import { inSnakeCase, toConfigKeys } from './item-schema';
import { type PriceCardJson, toPriceCardJson } from './list-installation';
import { snakeCase } from './snake-case';

/** `POST /api/v1/prices`: prices per million tokens as in fairlead.yaml, from when, and for whom. */
export const AddPriceCardBody = z.strictObject({
  model: z.string(),
  organization: z.string().optional().meta({ description: 'Slug or id of one organization; everybody when left out.' }),
  correction: z.boolean().optional().meta({ description: 'Dates it in the past: calls of then keep their charge until the period is rated anew.' }),
  effective_from: z.iso.datetime({ offset: true }).optional().meta({ description: 'Now unless given; in the past only as a correction.' }),
  prices: inSnakeCase(PricesSchema),
});

/** Dates a price from now or from a later instant. A call is priced by the card in force when it was admitted. */
export async function addPriceCard({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof AddPriceCardBody> }): Promise<PriceCardJson> {
  const parsed = PricesSchema.safeParse(toConfigKeys(PricesSchema, input.prices));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const param = ['prices', ...(issue?.path ?? []).map((part) => snakeCase(String(part)))].join('.');
    throw new FairleadError('invalid_request', `${param}: ${issue?.message}`, { param });
  }
  const now = new Date();
  const effectiveFrom = input.effective_from === undefined ? now : new Date(input.effective_from);
  if (input.effective_from !== undefined && effectiveFrom < now && !input.correction) throw new FairleadError('invalid_request', 'effective_from must not be in the past unless it is a correction: calls were priced already.', { param: 'effective_from' });
  const org = input.organization === undefined ? null : await findOrg(input.organization);
  const prices = toPrices(parsed.data);
  return asSystem(async (tx) => {
    const model = await tx.model.findUnique({ where: { id: input.model }, select: { kind: true } });
    if (!model) throw new FairleadError('invalid_request', `There is no model "${input.model}".`, { param: 'model' });
    if (model.kind === 'chat' && prices.output === undefined) throw new FairleadError('invalid_request', 'prices.output: is missing: a chat model has a price for what it writes', { param: 'prices.output' });
    const card = await tx.priceCard.create({
      data: {
        id: newId('card'),
        modelId: input.model,
        orgId: org?.id ?? null,
        effectiveFrom,
        ...toCardColumns(prices),
        source: 'operator',
      },
    });
    const json = toPriceCardJson(card);
    await recordAudit(tx, ctx, { action: 'price.create', targetType: 'model', targetId: input.model, after: json });
    await bumpVersion(tx, 'policy');
    return json;
  });
}
