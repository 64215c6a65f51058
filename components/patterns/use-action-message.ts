'use client';

import { useTranslations } from 'next-intl';
import type { ActionError } from '@/lib/http/action';

/** An action's error in the reader's language: by its code where we have words for it, else its own message. */
export function useActionMessage(): (error: ActionError) => string {
  const t = useTranslations('common');
  return (error) => {
    const key = `errors.${error.code}`;
    // What a verb says about a field is more exact than any general sentence.
    if (error.code === 'invalid_request') return error.message.replace(`${error.param}: `, '');
    return t.has(key) ? t(key) : error.message;
  };
}
