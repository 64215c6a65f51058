import { managementRoute } from '@/lib/http/management-route';
import { getChannel } from '@/lib/services/alerts/channels';
import { listDeliveries } from '@/lib/services/alerts/deliveries';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { DeliveryAnswer } from '@/lib/services/management/answers/people';
import { pageInOrder, pageSchema } from '@/lib/services/management/page';
import { toSnakeCase } from '@/lib/services/management/snake-case';

export const GET = managementRoute({
  summary: 'The latest fifty messages to a webhook, newest first, with what came back',
  scope: 'alerts',
  query: pageSchema,
  answer: pageAnswer(DeliveryAnswer),
  org: async ({ ctx, params, query }) => {
    const { id } = await getChannel({ ctx, input: { id: params.id ?? '' } });
    return toSnakeCase(pageInOrder(await listDeliveries({ ctx, input: { channelId: id } }), query));
  },
});
