import { z } from 'zod';
import { managementRoute } from '@/lib/http/management-route';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { PriceCardAnswer } from '@/lib/services/management/answers/installation';
import { listPrices } from '@/lib/services/management/list-installation';
import { pageSchema } from '@/lib/services/management/page';
import { addPriceCard, AddPriceCardBody } from '@/lib/services/management/add-price-card';

export const GET = managementRoute({
  summary: 'Every price card ever, newest first',
  scope: 'prices',
  query: pageSchema.extend({ model: z.string().max(200).optional() }),
  answer: pageAnswer(PriceCardAnswer),
  operator: ({ ctx, query }) => listPrices({ ctx, input: query }),
});

export const POST = managementRoute({
  summary: 'Add a dated price card; older ones stay as they are',
  scope: 'prices',
  body: AddPriceCardBody,
  status: 201,
  answer: PriceCardAnswer,
  operator: ({ ctx, body }) => addPriceCard({ ctx, input: body }),
});
