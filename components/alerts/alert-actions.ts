import type { ActionResult } from '@/lib/http/action';
import type { ChannelView } from '@/lib/services/alerts/channels';
import type { RuleView, SaveRuleInput } from '@/lib/services/alerts/rules';

type ById<T> = (org: string, input: { id: string }) => Promise<ActionResult<T>>;
export type CreateChannel = (
  org: string,
  input: { kind: (typeof CHANNEL_KINDS)[number]; name: string; target: string; locale: string },
) => Promise<ActionResult<ChannelView & { secret: string | null }>>;

/** The writes of the alerts page, handed in by the page. */
export interface AlertActions {
  saveRule: (org: string, input: SaveRuleInput) => Promise<ActionResult<RuleView>>;
  deleteRule: ById<{ id: string }>;
  createChannel: CreateChannel;
  deleteChannel: ById<{ id: string }>;
  testChannel: ById<{ ok: boolean; error: string | null }>;
  retry: ById<{ status: string }>;
}

export const CHANNEL_KINDS = ['email', 'webhook', 'slack', 'feishu', 'dingtalk', 'wecom'] as const;
export const RULE_KINDS = ['spend', 'budget', 'error_rate', 'latency', 'key_expiry'] as const;
export const TABS = ['rules', 'channels', 'history'] as const;
