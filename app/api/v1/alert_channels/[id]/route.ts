import { managementRoute } from '@/lib/http/management-route';
import { deleteChannel, getChannel, updateChannel } from '@/lib/services/alerts/channels';
import { DeletedAnswer } from '@/lib/services/management/answers/common';
import { AlertChannelAnswer } from '@/lib/services/management/answers/people';
import { UpdateChannelBody } from '@/lib/services/management/channel-body';
import { toSnakeCase } from '@/lib/services/management/snake-case';

export const GET = managementRoute({
  summary: 'Read a channel, without its URL',
  scope: 'alerts',
  answer: AlertChannelAnswer,
  org: async ({ ctx, params }) => toSnakeCase(await getChannel({ ctx, input: { id: params.id ?? '' } })),
});

export const PATCH = managementRoute({
  summary: 'Change the name of a channel, or switch it off and on; where it goes stays',
  scope: 'alerts',
  body: UpdateChannelBody,
  answer: AlertChannelAnswer,
  org: async ({ ctx, params, body }) => toSnakeCase(await updateChannel({ ctx, input: { id: params.id ?? '', ...body } })),
});

export const DELETE = managementRoute({
  summary: 'Remove a channel, also from the rules that name it',
  scope: 'alerts',
  answer: DeletedAnswer,
  org: async ({ ctx, params }) => ({ ...(await deleteChannel({ ctx, input: { id: params.id ?? '' } })), deleted: true }),
});
