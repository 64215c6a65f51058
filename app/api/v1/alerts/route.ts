import { z } from 'zod';
import { managementRoute } from '@/lib/http/management-route';
import { listRules, RULE_KINDS, saveRule } from '@/lib/services/alerts/rules';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { AlertAnswer } from '@/lib/services/management/answers/people';
import { pageInOrder, pageSchema } from '@/lib/services/management/page';
import { toSnakeCase } from '@/lib/services/management/snake-case';

const Body = z.strictObject({
  name: z.string(),
  kind: z.enum(RULE_KINDS),
  threshold: z.string().meta({ description: 'Dollars for spend, percent, milliseconds, or days.' }),
  window_minutes: z.int().optional(),
  channel_ids: z.array(z.string()),
  enabled: z.boolean().optional(),
});

export const GET = managementRoute({
  summary: 'List alert rules',
  scope: 'alerts',
  query: pageSchema,
  answer: pageAnswer(AlertAnswer),
  org: async ({ ctx, query }) => toSnakeCase(pageInOrder(await listRules({ ctx }), query)),
});

export const POST = managementRoute({
  summary: 'Make an alert rule; it is looked at within a minute',
  scope: 'alerts',
  body: Body,
  status: 201,
  answer: AlertAnswer,
  org: async ({ ctx, body: { window_minutes: windowMinutes, channel_ids: channelIds, ...rest } }) => toSnakeCase(await saveRule({ ctx, input: { ...rest, windowMinutes, channelIds } })),
});
