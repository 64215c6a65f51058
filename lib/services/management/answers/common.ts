import { z } from 'zod';

/** Decimal dollars with at least six decimals. */
export const Usd = z.string().regex(/^-?\d+\.\d{6,9}$/).meta({ description: 'Decimal dollars, six to nine decimals.', example: '5.000000' });

/** Decimal amounts as configuration writes them: two to nine decimals. */
export const Amount = z.string().regex(/^\d+\.\d{2,9}$/).meta({ description: 'A decimal amount.', example: '2.50' });

export const Time = z.iso.datetime().meta({ description: 'ISO 8601, UTC.', example: '2026-11-25T08:00:00.000Z' });

export const Limit = z.int().positive().nullable().meta({ description: 'Null: no limit of its own.' });

/** A page of a list. */
export const pageAnswer = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    data: z.array(item),
    has_more: z.boolean(),
    next_cursor: z.string().nullable().meta({ description: 'Pass it as `cursor` for the next page; null on the last one.' }),
  });

export const ErrorAnswer = z
  .strictObject({
    error: z.looseObject({
      message: z.string(),
      type: z.string(),
      param: z.string().nullable().meta({ description: 'The field at fault.' }),
      code: z.string().nullable(),
      request_id: z.string().nullable(),
      doc_url: z.string(),
    }),
  })
  .meta({ id: 'Error' });

export const DeletedAnswer = z.strictObject({ id: z.string(), deleted: z.literal(true) }).meta({ id: 'Deleted' });
