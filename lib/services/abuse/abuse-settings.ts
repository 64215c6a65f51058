import { z } from 'zod';
import { lockText, unlockText } from '@/lib/auth/secret-box';
import { FairleadError } from '@/lib/kernel/errors';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem, bumpVersion, type Tx } from '@/lib/store';
import { CAPTCHAS } from './captcha-kinds';

/** The row that the gateway's policy reads, too. */
const SETTING = 'abuse';
const PURPOSE = 'captcha-secret';

const captchaKind = z.enum(['off', ...CAPTCHAS]);

export const AbuseSettingsInput = z.object({
  captcha: captchaKind,
  siteKey: z.string().trim().max(200).regex(/^[\w.:-]*$/, 'must be a site key'),
  /** Write-only; empty keeps the one that is stored. */
  secret: z.string().trim().max(500),
  /** Where answers are checked, when it is not the provider's own address: a proxy, another service of the same form. */
  verifyUrl: z.union([z.url({ protocol: /^https?$/ }).max(500), z.literal('')]),
  /** Whether providers that take one learn a hashed name of the tenant behind a call. */
  safetyIdentifier: z.boolean(),
});

/** What the operator chose, without the secret. */
export type AbuseChoice = Omit<z.output<typeof AbuseSettingsInput>, 'secret'>;
export const NO_ABUSE_CHOICE: AbuseChoice = { captcha: 'off', siteKey: '', verifyUrl: '', safetyIdentifier: true };

const Stored = z.object({ captcha: captchaKind, siteKey: z.string(), secret: z.string(), verifyUrl: z.string(), safetyIdentifier: z.boolean() });
const OFF: z.output<typeof Stored> = { ...NO_ABUSE_CHOICE, secret: '' };

export interface AbuseSettings extends AbuseChoice {
  hasSecret: boolean;
}

export async function readAbuseSettings(): Promise<AbuseSettings> {
  const { secret, ...rest } = await asSystem(readStored);
  return { ...rest, hasSecret: secret !== '' };
}

/** What a check of an answer needs; null where no captcha is asked for, or its secret was not given yet. */
export async function findCaptcha(): Promise<{ kind: (typeof CAPTCHAS)[number]; siteKey: string; secret: string; verifyUrl: string } | null> {
  const { captcha, siteKey, secret, verifyUrl } = await asSystem(readStored);
  return captcha === 'off' || secret === '' ? null : { kind: captcha, siteKey, verifyUrl, secret: unlockText(secret, PURPOSE) };
}

/** Changes what stands against abuse. Throws `invalid_request` for a captcha without its keys. */
export async function saveAbuseSettings({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof AbuseSettingsInput> }): Promise<void> {
  await asSystem(async (tx) => {
    const before = await readStored(tx);
    const secret = input.secret === '' ? before.secret : lockText(input.secret, PURPOSE);
    if (input.captcha !== 'off' && input.siteKey === '') throw new FairleadError('invalid_request', 'A captcha needs its site key.', { param: 'siteKey' });
    if (input.captcha !== 'off' && secret === '') throw new FairleadError('invalid_request', 'A captcha needs its secret.', { param: 'secret' });
    const value = { ...input, secret };
    await tx.setting.upsert({ where: { key: SETTING }, create: { key: SETTING, value }, update: { value, updatedAt: new Date() } });
    const shown = ({ secret: kept, ...rest }: z.output<typeof Stored>) => ({ ...rest, secret: kept === '' ? null : 'set' });
    await recordAudit(tx, ctx, { action: 'settings.abuse', targetType: 'settings', targetId: SETTING, before: shown(before), after: { ...shown(value), secret_changed: input.secret !== '' } });
    await bumpVersion(tx, 'policy');
  });
}

async function readStored(tx: Tx): Promise<z.output<typeof Stored>> {
  const row = await tx.setting.findUnique({ where: { key: SETTING } });
  return Stored.safeParse({ ...OFF, ...((row?.value ?? {}) as object) }).data ?? OFF;
}
