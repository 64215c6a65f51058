'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useRef } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';

interface SecretRevealProps {
  secret: string;
  label?: string;
  /** Replaces the sentence that says the secret is shown once. */
  hint?: ReactNode;
  onCopied?: () => void;
}

/** A secret that is shown once: the whole of it, selected on focus, beside "Copy". */
export function SecretReveal({ secret, label, hint, onCopied }: SecretRevealProps) {
  const t = useTranslations('common');
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  return (
    <div className="grid gap-1.5">
      <Label htmlFor={id}>{label ?? t('secret.label')}</Label>
      <div className="flex gap-2">
        <Input
          ref={field}
          id={id}
          readOnly
          value={secret}
          spellCheck={false}
          autoComplete="off"
          data-1p-ignore
          aria-describedby={`${id}-hint`}
          onFocus={() => field.current?.select()}
          className="figures h-9 bg-surface-muted text-xs"
        />
        <CopyButton value={secret} onCopied={onCopied} variant="default" className="h-9" />
      </div>
      <p id={`${id}-hint`} className="text-xs text-muted-foreground">
        {hint ?? t('secret.once')}
      </p>
    </div>
  );
}
