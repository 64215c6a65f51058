'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useRun } from '@/components/operator/use-run';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { NativeSelect } from '@/components/ui/native-select';
import type { ActionResult } from '@/lib/http/action';
import type { MailPreview } from '@/lib/services/operator/mails/preview-mails';

const LANGUAGES = { en: 'English', 'zh-CN': '简体中文' } as const;

interface MailChoice {
  kind: string;
  locale: keyof typeof LANGUAGES;
}

export interface MailPreviewsProps {
  kinds: string[];
  preview: (input: MailChoice) => Promise<ActionResult<MailPreview>>;
  send: (input: MailChoice) => Promise<ActionResult<{ to: string }>>;
}

/** Every mail as it arrives now, in both languages, and one of it to the operator's own mailbox. */
export function MailPreviews({ kinds, preview, send }: MailPreviewsProps) {
  const t = useTranslations('operatorSettings.mails');
  const { pending, run } = useRun();
  const reading = useLocale();
  const [locale, setLocale] = useState<keyof typeof LANGUAGES>(reading === 'zh-CN' ? 'zh-CN' : 'en');
  const [kind, setKind] = useState(kinds[0] ?? '');
  const [shown, setShown] = useState<MailPreview | null>(null);
  useEffect(() => {
    let isStale = false;
    void preview({ kind, locale }).then((result) => {
      if (!isStale && result.ok) setShown(result.data);
    });
    return () => {
      isStale = true;
    };
  }, [kind, locale, preview]);
  return (
    <div className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4">
      <p className="max-w-[72ch] text-sm text-muted-foreground">{t('lead')}</p>
      <div className="flex flex-wrap items-end gap-3">
        <Field label={t('kindLabel')} className="min-w-0 flex-1 sm:max-w-72">
          <NativeSelect value={kind} onChange={(event) => setKind(event.target.value)}>
            {kinds.map((one) => (
              <option key={one} value={one}>
                {t(`kind.${one}`)}
              </option>
            ))}
          </NativeSelect>
        </Field>
        <Field label={t('language')} className="w-36">
          <NativeSelect value={locale} onChange={(event) => setLocale(event.target.value === 'zh-CN' ? 'zh-CN' : 'en')}>
            {Object.entries(LANGUAGES).map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </NativeSelect>
        </Field>
        <Button variant="outline" pending={pending} onClick={() => void run(() => send({ kind, locale }), t('sent'))}>
          {t('send')}
        </Button>
      </div>
      {shown && (
        <figure className="grid gap-2">
          <figcaption className="text-sm">
            <span className="text-muted-foreground">{t('subject')}</span> {shown.subject}
          </figcaption>
          {/* A mail brings its own light page, and nothing in it runs. */}
          <iframe title={shown.subject} sandbox="" srcDoc={shown.html} className="h-[560px] w-full rounded-lg border bg-white" />
        </figure>
      )}
    </div>
  );
}
