import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';

/** Links to the pages before and after, which keep the filters. */
export function Pager({ newer, older, label }: { newer: string | null; older: string | null; label?: string }) {
  const t = useTranslations('operator.filter');
  if (!newer && !older) return null;
  return (
    <nav aria-label={t('pages')} className="mt-4 flex flex-wrap items-center justify-between gap-2">
      <p className="text-sm text-muted-foreground">{label}</p>
      <div className="flex gap-2">
        {newer && (
          <Button variant="outline" asChild>
            <Link href={newer}>{t('previous')}</Link>
          </Button>
        )}
        {older && (
          <Button variant="outline" asChild>
            <Link href={older}>{t('next')}</Link>
          </Button>
        )}
      </div>
    </nav>
  );
}

/** A path with the given parameters; empty ones are left out. */
export function withQuery(path: string, query: Record<string, string | number | null | undefined>): string {
  const search = new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value === null || value === undefined || value === '' ? [] : [[name, String(value)]])));
  return search.size > 0 ? `${path}?${search}` : path;
}
