import { z } from 'zod';

/** One spelling per mailbox, before anything is checked or looked up. */
export function normalizeEmail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase();
}

export const EmailSchema = z.string().max(400).transform(normalizeEmail).pipe(z.email().max(254));

export const PASSWORD_MIN = 8;
/** A limit on work, not on taste: longer input would only cost time. */
export const PasswordSchema = z.string().min(PASSWORD_MIN).max(256);
