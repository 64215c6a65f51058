'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { Label } from '@/components/ui/label';
import type { LegalTexts } from '@/lib/services/accounts/legal-acceptance';
import { useFieldProblem } from './form-problem';
import type { FormState } from './form-state';

/** The box that accepts the operator's texts. What it sends is the version that was read. */
export function LegalField({ texts, state }: { texts: LegalTexts; state: FormState }) {
  const t = useTranslations('auth.legal');
  const id = useId();
  const problem = useFieldProblem(state, 'legal');
  const link = (href: string) => (words: ReactNode) => (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="font-medium text-primary underline decoration-primary/40 underline-offset-4 hover:decoration-primary"
    >
      {words}
    </a>
  );
  const kind = texts.termsUrl === '' ? 'privacy' : texts.privacyUrl === '' ? 'terms' : 'both';
  return (
    <div className="grid gap-1.5">
      <div className="flex items-start gap-2.5">
        <Checkbox id={id} name="legal" value={texts.version} required aria-describedby={problem ? `${id}-error` : undefined} className="mt-0.5" />
        <Label htmlFor={id} className="block leading-5 font-normal">
          {t.rich(kind, { terms: link(texts.termsUrl), privacy: link(texts.privacyUrl) })}
        </Label>
      </div>
      {problem && (
        <p id={`${id}-error`} role="alert" className="text-xs text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}
