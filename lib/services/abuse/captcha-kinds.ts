/** Captchas that answer in the one form: `siteverify` with secret and response. */
export const CAPTCHAS = ['turnstile', 'hcaptcha', 'recaptcha'] as const;
export type CaptchaKind = (typeof CAPTCHAS)[number];

/** What a page has to show; the secret never leaves the server. */
export interface CaptchaChallenge {
  kind: CaptchaKind;
  siteKey: string;
}
