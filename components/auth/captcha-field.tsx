'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { CaptchaChallenge, CaptchaKind } from '@/lib/services/abuse/captcha-kinds';
import { useFieldProblem } from './form-problem';
import type { FormState } from './form-state';

interface Widget {
  script: string;
  /** The class its script looks for. */
  className: string;
  /** What its script is called on `window`. */
  global: string;
}

const WIDGETS: Record<CaptchaKind, Widget> = {
  turnstile: { script: 'https://challenges.cloudflare.com/turnstile/v0/api.js', className: 'cf-turnstile', global: 'turnstile' },
  hcaptcha: { script: 'https://js.hcaptcha.com/1/api.js', className: 'h-captcha', global: 'hcaptcha' },
  recaptcha: { script: 'https://www.google.com/recaptcha/api.js', className: 'g-recaptcha', global: 'grecaptcha' },
};

/** The operator's captcha. Its own script draws it and puts the answer into the form; an answer is good for one try. */
export function CaptchaField({ challenge: { kind, siteKey }, state }: { challenge: CaptchaChallenge; state: FormState }) {
  const t = useTranslations('auth');
  const problem = useFieldProblem(state, 'captcha');
  const { script, className, global } = WIDGETS[kind];
  const tries = useRef(state);

  useEffect(() => {
    const element = document.createElement('script');
    element.src = script;
    element.async = true;
    document.head.append(element);
    return () => element.remove();
  }, [script]);

  useEffect(() => {
    if (tries.current === state) return;
    tries.current = state;
    (window as unknown as Record<string, { reset?: () => void } | undefined>)[global]?.reset?.();
  }, [state, global]);

  return (
    <div className="grid gap-1.5">
      <div className={className} data-sitekey={siteKey} />
      <noscript className="text-xs text-muted-foreground">{t('captchaScript')}</noscript>
      {problem && (
        <p role="alert" className="text-xs text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}
