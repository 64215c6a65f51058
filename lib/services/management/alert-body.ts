import { z } from 'zod';
import { RULE_KINDS, type RuleView, type SaveRuleInput } from '@/lib/services/alerts/rules';

/** `POST /api/v1/alerts`. */
export const CreateAlertBody = z.strictObject({
  name: z.string(),
  kind: z.enum(RULE_KINDS),
  threshold: z.string().meta({ description: 'Dollars for spend, percent, milliseconds, or days.' }),
  window_minutes: z.int().optional(),
  channel_ids: z.array(z.string()),
  enabled: z.boolean().optional(),
});

/** `PATCH /api/v1/alerts/{id}`: what is not named stays. */
export const UpdateAlertBody = CreateAlertBody.partial();

/** A new rule in the words of the verb. */
export function toNewRule({ window_minutes: windowMinutes, channel_ids: channelIds, ...rest }: z.output<typeof CreateAlertBody>): SaveRuleInput {
  return { ...rest, windowMinutes, channelIds };
}

/** What a rule becomes where the body names only some of it. */
export function toChangedRule(
  { id, name, kind, threshold, windowMinutes, channelIds, enabled }: RuleView,
  { window_minutes, channel_ids, ...rest }: z.output<typeof UpdateAlertBody>,
): SaveRuleInput {
  return { id, name, kind, threshold, enabled, windowMinutes: window_minutes ?? windowMinutes, channelIds: channel_ids ?? channelIds, ...rest };
}
