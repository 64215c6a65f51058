import { managementRoute } from '@/lib/http/management-route';
import { testChannel } from '@/lib/services/alerts/deliveries';
import { ChannelTestAnswer } from '@/lib/services/management/answers/people';

export const POST = managementRoute({
  summary: 'Send a test message now and say whether it got through',
  scope: 'alerts',
  answer: ChannelTestAnswer,
  org: ({ ctx, params }) => testChannel({ ctx, input: { id: params.id ?? '' } }),
});
