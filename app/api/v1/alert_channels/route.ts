import { managementRoute } from '@/lib/http/management-route';
import { createChannel, listChannels } from '@/lib/services/alerts/channels';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { AlertChannelAnswer, CreatedAlertChannelAnswer } from '@/lib/services/management/answers/people';
import { CreateChannelBody } from '@/lib/services/management/channel-body';
import { pageInOrder, pageSchema } from '@/lib/services/management/page';
import { toSnakeCase } from '@/lib/services/management/snake-case';

export const GET = managementRoute({
  summary: 'List where alerts go, oldest first',
  scope: 'alerts',
  query: pageSchema,
  answer: pageAnswer(AlertChannelAnswer),
  org: async ({ ctx, query }) => toSnakeCase(pageInOrder(await listChannels({ ctx }), query)),
});

export const POST = managementRoute({
  summary: 'Add a place for alerts to go: e-mail, a signed webhook, Slack, Feishu, DingTalk or WeCom',
  scope: 'alerts',
  body: CreateChannelBody,
  status: 201,
  answer: CreatedAlertChannelAnswer,
  org: async ({ ctx, body }) => toSnakeCase(await createChannel({ ctx, input: body })),
});
