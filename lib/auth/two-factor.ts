import { createHash, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { FairleadError } from '@/lib/kernel/errors';
import { prisma } from '@/lib/store';
import { lockText, unlockText } from './secret-box';
import { createThrottle } from './throttle';

const PERIOD_S = 30;
const PURPOSE = 'two-factor';
/** Six digits hold out against five tries a quarter of an hour, and a phone's clock may be one step off. */
const guesses = createThrottle({ limit: 5, windowMs: 15 * 60_000 });
const WINDOW = 1;

/** RFC 4648 without the letters and digits that are mistaken for each other. */
const RECOVERY_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const RECOVERY_LENGTH = 16;

/** How a second factor was shown: by the app, or by one of the codes kept for its loss. */
export type ShownFactor = 'code' | 'recovery';

/** Whether signing in to an account takes a second factor. */
export async function hasTwoFactor(userId: string): Promise<boolean> {
  return (await prisma().twoFactor.count({ where: { userId, confirmedAt: { not: null } } })) > 0;
}

/** A new secret, as it is stored, and as an app takes it (`otpauth://…`, RFC 6238). */
export function newTwoFactorSecret(issuer: string, label: string): { locked: string; secret: string; uri: string } {
  const secret = new Secret({ size: 20 });
  const uri = new TOTP({ issuer, label, secret, period: PERIOD_S }).toString();
  return { locked: lockText(secret.base32, PURPOSE), secret: secret.base32, uri };
}

/** The time step a code belongs to, or null when it is none of the last, this and the next one. */
export function stepOfCode(locked: string, code: string, nowMs = Date.now()): bigint | null {
  const totp = new TOTP({ secret: Secret.fromBase32(unlockText(locked, PURPOSE)), period: PERIOD_S });
  const delta = totp.validate({ token: code, timestamp: nowMs, window: WINDOW });
  return delta === null ? null : BigInt(Math.floor(nowMs / 1_000 / PERIOD_S) + delta);
}

/** Codes for the loss of the app, 80 bits each, and what is kept of them. */
export function newRecoveryCodes(): { codes: string[]; hashes: string[] } {
  const codes = Array.from({ length: 10 }, () => {
    const letters = [...randomBytes(RECOVERY_LENGTH * 2)].filter((byte) => byte < 248).map((byte) => RECOVERY_ALPHABET[byte % RECOVERY_ALPHABET.length]);
    return (letters.slice(0, RECOVERY_LENGTH).join('').match(/.{4}/g) as string[]).join('-');
  });
  return { codes, hashes: codes.map(hashRecoveryCode) };
}

/**
 * Checks what a person typed as their second factor and uses it up: neither a code of the app nor a recovery code works
 * twice. Null when it is wrong. Throws `rate_limit_exceeded` after five failures in a quarter of an hour.
 */
export async function spendSecondFactor({ userId, code }: { userId: string; code: string }): Promise<ShownFactor | null> {
  const waitS = guesses.waitS(userId);
  if (waitS > 0) throw new FairleadError('rate_limit_exceeded', 'Too many wrong codes.', { retryAfterS: waitS });
  // Counted before the look-up, so that parallel guesses do not slip through together.
  guesses.fail(userId);
  const typed = code.slice(0, 64).replace(/\s/g, '');
  const shown = /^\d{6}$/.test(typed) ? await spendCode(userId, typed) : await spendRecoveryCode(userId, typed);
  if (shown) guesses.clear(userId);
  return shown;
}

async function spendCode(userId: string, code: string): Promise<ShownFactor | null> {
  const row = await prisma().twoFactor.findFirst({ where: { userId, confirmedAt: { not: null } } });
  const step = row && stepOfCode(row.secret, code);
  if (step === null) return null;
  const { count } = await prisma().twoFactor.updateMany({ where: { userId, lastStep: { lt: step } }, data: { lastStep: step } });
  return count === 1 ? 'code' : null;
}

async function spendRecoveryCode(userId: string, code: string): Promise<ShownFactor | null> {
  const hash = hashRecoveryCode(code);
  const used = await prisma().$executeRaw`UPDATE two_factor SET recovery_hashes = array_remove(recovery_hashes, ${hash})
    WHERE user_id = ${userId} AND confirmed_at IS NOT NULL AND ${hash} = ANY (recovery_hashes)`;
  return used === 1 ? 'recovery' : null;
}

/** Letters and digits as they were printed, however they were typed: case and dashes do not count. */
function hashRecoveryCode(code: string): string {
  return createHash('sha256')
    .update(code.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .digest('hex');
}
