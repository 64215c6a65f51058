'use client';

import { useTranslations } from 'next-intl';
import { SecretReveal } from '@/components/patterns/secret-reveal';
import { SnippetTabs } from '@/components/patterns/snippet-tabs';
import { Button } from '@/components/ui/button';
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '@/components/ui/dialog';

interface KeyCreatedProps {
  apiKey: string;
  name: string;
  baseUrl: string;
  model: string;
  onCopied: () => void;
  onDone: () => void;
}

/** The one time a key is shown, inside a dialog. */
export function KeyCreated({ apiKey, name, baseUrl, model, onCopied, onDone }: KeyCreatedProps) {
  const t = useTranslations('keys');
  return (
    <>
      <DialogHeader>
        <DialogTitle>{t('created.title', { name })}</DialogTitle>
        <DialogDescription>{t('created.lead')}</DialogDescription>
      </DialogHeader>
      <div className="grid min-w-0 gap-5">
        <SecretReveal secret={apiKey} onCopied={onCopied} />
        <SnippetTabs baseUrl={baseUrl} apiKey={apiKey} model={model} />
      </div>
      <DialogFooter>
        <Button onClick={onDone}>{t('created.done')}</Button>
      </DialogFooter>
    </>
  );
}
