import { useLocale, useTranslations } from 'next-intl';
import { CodeBlock } from '@/components/ui/code-block';
import { count } from '@/lib/format/numbers';
import type { BodyJson } from '@/lib/query/types';

/** One body, indented where it is JSON and as it came where it is a stream. */
export function BodyView({ body, title, logBodies }: { body: BodyJson | null; title: string; logBodies: boolean }) {
  const t = useTranslations('request.body');
  const locale = useLocale();
  if (!body) return <BodyMissing logBodies={logBodies} />;
  return (
    <CodeBlock
      code={indent(body.text)}
      copyValue={body.text}
      label={title}
      title={
        <>
          {title} <span className="figures text-xs">{t('bytes', { bytes: count(body.bytes, locale) })}</span>
          {body.truncated && <span className="text-warning"> {t('cut')}</span>}
        </>
      }
    />
  );
}

/** Why there is no content to show: nothing was lost, it was not kept. */
export function BodyMissing({ logBodies }: { logBodies: boolean }) {
  const t = useTranslations('request.body');
  return <p className="rounded-lg border border-dashed px-4 py-8 text-center text-base text-muted-foreground">{t(logBodies ? 'missing' : 'off')}</p>;
}

function indent(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
