import { managementRoute } from '@/lib/http/management-route';
import { createChannel, listChannels } from '@/lib/services/alerts/channels';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { AlertChannelAnswer, CreatedAlertChannelAnswer } from '@/lib/services/management/answers/people';
import { CreateWebhookBody } from '@/lib/services/management/channel-body';
import { pageInOrder, pageSchema } from '@/lib/services/management/page';
import { toSnakeCase } from '@/lib/services/management/snake-case';

export const GET = managementRoute({
  summary: 'List webhooks, oldest first: channels of alerts of the kind webhook',
  scope: 'alerts',
  query: pageSchema,
  answer: pageAnswer(AlertChannelAnswer),
  org: async ({ ctx, query }) =>
    toSnakeCase(
      pageInOrder(
        (await listChannels({ ctx })).filter(({ kind }) => kind === 'webhook'),
        query,
      ),
    ),
});

export const POST = managementRoute({
  summary: 'Add a webhook; its messages are signed as Standard Webhooks has it',
  scope: 'alerts',
  body: CreateWebhookBody,
  status: 201,
  answer: CreatedAlertChannelAnswer,
  org: async ({ ctx, body: { url: target, ...rest } }) => toSnakeCase(await createChannel({ ctx, input: { kind: 'webhook', target, ...rest } })),
});
