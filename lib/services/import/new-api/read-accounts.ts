import { multiplyDecimals, shiftDecimal } from '../decimal';
import { slugify } from '@/lib/services/orgs/slug';
import type { Section } from '../source';

const ENABLED = 1;
/** A dollar is 500,000 units of quota, unless the options say otherwise. */
const QUOTA_PER_USD = 500_000;

/**
 * Users become organizations of their own and tokens their keys, by commands: an account needs its owner's consent to new
 * terms, and a key is made here and shown once. Passwords and keys of the other product are never read.
 */
export function readAccounts(users: readonly Section[], tokens: readonly Section[], quotaPerUnit: number | undefined): string[] {
  const perUsd = quotaPerUnit && quotaPerUnit > 0 ? quotaPerUnit : QUOTA_PER_USD;
  const slugs = new Map<number, string>();
  const commands = users.flatMap((user) => userCommands(user, slugs, perUsd));
  return [...commands, ...tokens.flatMap((token) => tokenCommands(token, slugs, perUsd))];
}

function userCommands(user: Section, slugs: Map<number, string>, perUsd: number): string[] {
  const [id, name, email, group, quota] = [user.number('id'), user.text('username'), user.text('email'), user.text('group'), user.number('quota')];
  for (const key of [
    'used_quota',
    'request_count',
    'role',
    'status',
    'display_name',
    'aff_code',
    'aff_count',
    'aff_quota',
    'aff_history_quota',
    'inviter_id',
    'created_time',
  ])
    if (key !== 'status') user.take(key);
  for (const key of ['password', 'access_token']) user.leave(key, 'a password or token of a person stays with them; they sign up or reset it here');
  for (const key of ['github_id', 'oidc_id', 'wechat_id', 'telegram_id', 'linux_do_id', 'lark_id', 'discord_id'])
    if (user.text(key) !== undefined) user.leave(key, 'people sign in by e-mail and password');
  if ((user.number('status') ?? ENABLED) !== ENABLED) return leave(user, 'the account is switched off');
  if (email === undefined) return leave(user, 'the account has no e-mail address, which is what people sign in with');
  const slug = slugify(name ?? email) || 'SLUG';
  if (id !== undefined) slugs.set(id, slug);
  const usd = toUsd(quota, perUsd);
  return [
    `fairlead org create --name ${quote(name ?? email)} --owner ${quote(email)}${group === undefined ? '' : ` --plan ${quote(group)}`}`,
    ...(usd === null ? [] : [`fairlead credit grant --org ${slug} --usd ${usd} --reason ${quote('balance brought over')}`]),
  ];
}

function tokenCommands(token: Section, slugs: ReadonlyMap<number, string>, perUsd: number): string[] {
  const [owner, name, quota, expires] = [token.number('user_id'), token.text('name'), token.number('remain_quota'), token.number('expired_time')];
  const isUnlimited = token.flag('unlimited_quota') === true;
  const models = token.names('model_limits').length > 0 ? token.names('model_limits') : token.names('models');
  for (const key of ['id', 'status', 'created_time', 'accessed_time', 'used_quota', 'model_limits_enabled', 'model_limits', 'models', 'cross_group_retry'])
    if (key !== 'status') token.take(key);
  token.leave('key', 'keys are made here and shown once; the old one is not carried over');
  if (token.text('allow_ips') !== undefined) token.leave('allow_ips', 'keys are not bound to addresses');
  if (token.text('subnet') !== undefined) token.leave('subnet', 'keys are not bound to addresses');
  if (token.text('group') !== undefined) token.leave('group', "a key follows its organization's plan");
  if ((token.number('status') ?? ENABLED) !== ENABLED) return leave(token, 'the token is switched off, expired or used up');
  const usd = isUnlimited ? null : toUsd(quota, perUsd);
  return [
    [
      `fairlead key create --org ${slugs.get(owner ?? -1) ?? 'SLUG'} --name ${quote(name ?? 'imported')}`,
      ...(models.length > 0 ? [`--models ${models.join(',')}`] : []),
      ...(usd === null ? [] : [`--budget ${usd}/total`]),
      ...(expires !== undefined && expires > 0 ? [`--expires ${new Date(expires * 1_000).toISOString()}`] : []),
    ].join(' '),
  ];
}

function leave(section: Section, why: string): string[] {
  section.leaveAll(why);
  return [];
}

/** Quota as dollars with two decimals, rounded up; null for none. */
function toUsd(quota: number | undefined, perUsd: number): string | null {
  if (quota === undefined || quota <= 0) return null;
  const usd = multiplyDecimals(String(Math.ceil((quota * 100) / perUsd)), '0.01');
  return usd === null ? null : (shiftDecimal(usd, 0) ?? null);
}

/** One word for a shell. */
function quote(text: string): string {
  return /^[A-Za-z0-9@._+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
