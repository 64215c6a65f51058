import { z } from 'zod';
import { EmailSchema } from '@/lib/auth/normalize-email';
import { FairleadError, isFairleadError } from '@/lib/kernel/errors';
import { assertPublicHost } from '@/lib/upstream';

export const CHANNEL_KINDS = ['email', 'webhook', 'slack', 'feishu', 'dingtalk', 'wecom'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** Where robots of a chat live: their URL is a password, so it goes nowhere else. */
const HOSTS: Partial<Record<ChannelKind, RegExp>> = {
  slack: /^hooks\.slack(-gov)?\.com$/,
  feishu: /^open\.(feishu\.cn|larksuite\.com)$/,
  dingtalk: /^oapi\.dingtalk\.com$/,
  wecom: /^qyapi\.weixin\.qq\.com$/,
};

export const ChannelTarget = z.string().trim().min(1).max(2_000);

/** The target of a channel in one spelling. Refused: a bad address, a URL that is not https, not public, or not of the named chat. */
export function checkTarget(kind: ChannelKind, target: string): string {
  const wrong = (message: string) => new FairleadError('invalid_request', message, { param: 'target' });
  if (kind === 'email') {
    const email = EmailSchema.safeParse(target);
    if (!email.success) throw wrong('This is not an e-mail address.');
    return email.data;
  }
  if (/[\s\u0000-\u001f\\]/.test(target) || !URL.canParse(target)) throw wrong('This is not a URL.');
  const url = new URL(target);
  if (url.protocol !== 'https:') throw wrong('The URL must start with https://.');
  if (url.username || url.password) throw wrong('The URL must not hold a user name or password.');
  const host = url.hostname.replace(/\.$/, '');
  if (!host.includes('.') || /(^|\.)(localhost|local|internal|lan|home\.arpa)$/.test(host)) throw wrong('The URL must be reachable from the internet.');
  try {
    assertPublicHost(url.hostname);
  } catch (error) {
    if (isFairleadError(error)) throw wrong('The URL must be reachable from the internet.');
    throw error;
  }
  const expected = HOSTS[kind];
  if (expected && !expected.test(host)) throw wrong('This is not the URL of a robot of this chat.');
  return url.href;
}

/** What lists show of a target: whole addresses, the host of a URL and its last four characters. */
export function hintOf(kind: ChannelKind, target: string): string {
  if (kind === 'email') return target;
  return `${new URL(target).hostname}/…${target.slice(-4)}`;
}
