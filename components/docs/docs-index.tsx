import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

interface DocsIndexProps {
  query: string;
  guides: readonly { slug: string; title: string }[];
  /** Null: nothing was searched for. */
  hits: readonly { slug: string; title: string; line: string }[] | null;
}

/** Search and the list of guides. */
export function DocsIndex({ query, guides, hits }: DocsIndexProps) {
  const t = useTranslations('docs');
  return (
    <>
      <h1 className="text-2xl font-semibold">{t('title')}</h1>
      <p className="mt-2 max-w-[64ch] text-muted-foreground">{t('answer')}</p>
      <form action="/docs" role="search" className="mt-6 mb-8 flex max-w-md items-end gap-2">
        <div className="flex-1">
          <Field label={t('search')}>
            <Input name="q" type="search" defaultValue={query} maxLength={200} />
          </Field>
        </div>
        <Button type="submit">{t('find')}</Button>
      </form>
      {hits !== null && (
        <p role="status" className="mb-4 text-sm text-muted-foreground">
          {t('hits', { count: hits.length, query })}
        </p>
      )}
      <ul className="grid gap-3">
        {(hits ?? guides.map((guide) => ({ ...guide, line: '' }))).map(({ slug, title, line }) => (
          <li key={slug}>
            <Link href={`/docs/${slug}`} className="font-medium text-primary underline-offset-4 hover:underline">
              {title}
            </Link>
            {line && <p className="text-sm break-words text-muted-foreground">{line}</p>}
          </li>
        ))}
      </ul>
    </>
  );
}
