import { useTranslations } from 'next-intl';
import { ERRORS } from '@/lib/kernel/errors';

/** Every error code with its status and what it says; `doc_url` of an error leads to its row. */
export function ErrorTable() {
  const t = useTranslations('docs');
  return (
    <>
      <h1 className="text-2xl font-semibold">{t('errors.title')}</h1>
      <p className="mt-2 mb-6 max-w-[64ch] text-muted-foreground">{t('errors.answer')}</p>
      <dl className="grid gap-px overflow-hidden rounded-lg border bg-border">
        {Object.entries(ERRORS).map(([code, { status, type, message }]) => (
          <div key={code} id={code} className="bg-surface p-3 target:bg-primary-soft">
            <dt className="flex flex-wrap gap-x-3 font-mono text-sm font-medium break-words">
              <span>{code}</span>
              <span className="text-muted-foreground">
                {status} {type}
              </span>
            </dt>
            <dd lang="en" className="text-sm text-muted-foreground">
              {message}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
