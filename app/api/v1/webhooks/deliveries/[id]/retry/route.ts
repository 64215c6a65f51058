import { managementRoute } from '@/lib/http/management-route';
import { retryDelivery } from '@/lib/services/alerts/deliveries';
import { RetriedDeliveryAnswer } from '@/lib/services/management/answers/people';

export const POST = managementRoute({
  summary: 'Try a message that failed again, now',
  scope: 'alerts',
  answer: RetriedDeliveryAnswer,
  org: async ({ ctx, params }) => ({ id: params.id ?? '', ...(await retryDelivery({ ctx, input: { id: params.id ?? '' } })) }),
});
