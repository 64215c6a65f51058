import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { log } from '@/lib/log';
import { findCaptcha } from './abuse-settings';
import type { CaptchaChallenge, CaptchaKind } from './captcha-kinds';

const TIMEOUT_MS = 5_000;

/**
 * Where each checks an answer. All three take a form with `secret`, `response` and `remoteip` and say `success`.
 * Source: developers.cloudflare.com/turnstile, docs.hcaptcha.com, developers.google.com/recaptcha, November 2026.
 */
const VERIFY_URLS: Record<CaptchaKind, string> = {
  turnstile: 'https://challenges.cloudflare.com/turnstile/v0/siteverify',
  hcaptcha: 'https://api.hcaptcha.com/siteverify',
  recaptcha: 'https://www.google.com/recaptcha/api/siteverify',
};

const Verdict = z.object({ success: z.boolean(), 'error-codes': z.array(z.string()).optional() });

/** What a form has to show; null where the operator asks for no captcha. */
export async function readCaptchaChallenge(): Promise<CaptchaChallenge | null> {
  const captcha = await findCaptcha();
  return captcha && { kind: captcha.kind, siteKey: captcha.siteKey };
}

/**
 * Has the answer checked by who made the challenge; without a captcha nothing is asked. Throws `invalid_request`
 * (`captcha`) for a missing or wrong one, and when it cannot be checked: a stranger is not let in on doubt.
 */
export async function verifyCaptcha({ answer, address }: { answer: string; address: string }): Promise<void> {
  const captcha = await findCaptcha();
  if (captcha === null) return;
  if (answer === '' || answer.length > 4_096) throw new FairleadError('invalid_request', 'Solve the captcha to sign up.', { param: 'captcha' });
  const verdict = await ask(captcha.verifyUrl || VERIFY_URLS[captcha.kind], { secret: captcha.secret, response: answer, ...(address === 'unknown' ? {} : { remoteip: address }) });
  if (verdict === null) throw new FairleadError('invalid_request', 'The captcha cannot be checked right now; try again shortly.', { param: 'captcha' });
  if (!verdict.success) throw new FairleadError('invalid_request', 'The captcha was not solved.', { param: 'captcha' });
}

async function ask(url: string, form: Record<string, string>): Promise<z.output<typeof Verdict> | null> {
  try {
    const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const verdict = Verdict.parse(await response.json());
    const faults = verdict['error-codes']?.filter((code) => /secret/.test(code)) ?? [];
    // The operator's fault, not the visitor's: somebody has to be told.
    if (faults.length > 0) log.error({ codes: faults }, 'the captcha refuses its own secret');
    return verdict;
  } catch (error) {
    log.warn({ err: error }, 'a captcha could not be checked');
    return null;
  }
}
