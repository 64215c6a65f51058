import { Webhook } from 'standardwebhooks';
import { type AlertFacts, renderMail, sendMail } from '@/lib/mail';
import type { ChannelKind } from './channel-input';
import { type ChannelRow, targetOf, webhookSecret } from './channels';
import { pageOf } from './mail-admins';
import type { Post, PostAnswer } from './post-public';

export interface ChannelMessage {
  channel: ChannelRow;
  org: { name: string; slug: string };
  facts: AlertFacts;
  /** Also the id of a webhook's message, the same at every try, so that receivers can drop repeats. */
  deliveryId: string;
  createdAt: Date;
}

export type SendOutcome = { ok: true; httpStatus: number | null } | { ok: false; httpStatus: number | null; error: string };

/** Bodies of the robots' text messages: slack incoming webhooks, feishu and lark, dingtalk, wecom (documents of 2026-11). */
const ROBOT_BODY: Record<Exclude<ChannelKind, 'email' | 'webhook'>, (text: string) => unknown> = {
  slack: (text) => ({ text }),
  feishu: (text) => ({ msg_type: 'text', content: { text } }),
  dingtalk: (text) => ({ msgtype: 'text', text: { content: text } }),
  wecom: (text) => ({ msgtype: 'text', text: { content: text } }),
};

/** Sends one message the way its channel wants it. */
export async function sendToChannel(message: ChannelMessage, post: Post): Promise<SendOutcome> {
  const { channel, org, facts } = message;
  const mail = { to: targetOf(channel), locale: channel.locale, template: 'alert' as const, props: { org: org.name, facts, url: await pageOf(org.slug, facts) } };
  if (channel.kind === 'email') {
    await sendMail(mail);
    return { ok: true, httpStatus: null };
  }
  if (channel.kind === 'webhook') return sendWebhook(message, mail.to, post);
  const { subject, text } = await renderMail(mail);
  const body = ROBOT_BODY[channel.kind as keyof typeof ROBOT_BODY](`${subject}\n\n${text}`);
  return readAnswer(await post(mail.to, {}, JSON.stringify(body)));
}

/** Signed as Standard Webhooks says: `webhook-id`, `webhook-timestamp`, `webhook-signature`. */
async function sendWebhook({ channel, org, facts, deliveryId, createdAt }: ChannelMessage, url: string, post: Post): Promise<SendOutcome> {
  const { kind, ...data } = facts;
  const body = JSON.stringify({ type: `alert.${kind}`, timestamp: createdAt.toISOString(), data: { organization: org.slug, ...data } });
  const now = new Date();
  const signature = new Webhook(webhookSecret(channel)).sign(deliveryId, now, body);
  const headers = { 'webhook-id': deliveryId, 'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)), 'webhook-signature': signature };
  const answer = await post(url, headers, body);
  return isOk(answer) ? { ok: true, httpStatus: answer.status } : { ok: false, httpStatus: answer.status, error: `answered ${answer.status}` };
}

/** Robots of Chinese chats answer 200 whatever happened, and say in the body whether they took it. */
function readAnswer(answer: PostAnswer): SendOutcome {
  const { status, text } = answer;
  if (!isOk(answer)) return { ok: false, httpStatus: status, error: `answered ${status}: ${text.slice(0, 200)}` };
  try {
    const said = JSON.parse(text) as { code?: number; errcode?: number; StatusCode?: number; msg?: string; errmsg?: string };
    const code = said.errcode ?? said.code ?? said.StatusCode ?? 0;
    if (code !== 0) return { ok: false, httpStatus: status, error: `answered code ${code}: ${(said.errmsg ?? said.msg ?? '').slice(0, 200)}` };
  } catch {
    // Slack answers "ok".
  }
  return { ok: true, httpStatus: status };
}

function isOk({ status }: PostAnswer): boolean {
  return status >= 200 && status < 300;
}
