'use server';

import { action } from '@/lib/http/action';
import { ChannelIdInput, CreateChannelInput, createChannel, deleteChannel, readWebhookSecret, rotateWebhookSecret } from '@/lib/services/alerts/channels';
import { RetryDeliveryInput, retryDelivery, testChannel } from '@/lib/services/alerts/deliveries';
import { deleteRule, RuleIdInput, SaveRuleInput, saveRule } from '@/lib/services/alerts/rules';

export const saveRuleAction = action(SaveRuleInput, saveRule);
export const deleteRuleAction = action(RuleIdInput, deleteRule);
export const createChannelAction = action(CreateChannelInput, createChannel);
export const deleteChannelAction = action(ChannelIdInput, deleteChannel);
export const testChannelAction = action(ChannelIdInput, testChannel);
export const readWebhookSecretAction = action(ChannelIdInput, readWebhookSecret);
export const rotateWebhookSecretAction = action(ChannelIdInput, rotateWebhookSecret);
export const retryDeliveryAction = action(RetryDeliveryInput, retryDelivery);
