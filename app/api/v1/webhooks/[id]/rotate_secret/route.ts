import { managementRoute } from '@/lib/http/management-route';
import { rotateWebhookSecret } from '@/lib/services/alerts/channels';
import { WebhookSecretAnswer } from '@/lib/services/management/answers/people';

export const POST = managementRoute({
  summary: 'A new signing secret, in force with the next message; the old one ends',
  scope: 'alerts',
  answer: WebhookSecretAnswer,
  org: ({ ctx, params }) => rotateWebhookSecret({ ctx, input: { id: params.id ?? '' } }),
});
