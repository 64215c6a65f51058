import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { SkipLink } from '@/components/shell/skip-link';
import { SiteHeader } from '@/components/site/site-header';
import { Button } from '@/components/ui/button';

export default async function NotFound() {
  const t = await getTranslations('shell.notFound');
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <SiteHeader quiet />
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[480px] flex-1 px-4 pt-24 outline-none">
        <p className="figures text-sm text-muted-foreground">404</p>
        <h1 className="mt-1 text-2xl font-semibold">{t('title')}</h1>
        <p className="mt-2 text-muted-foreground">{t('body')}</p>
        <Button asChild className="mt-6">
          <Link href="/">{t('home')}</Link>
        </Button>
      </main>
    </div>
  );
}
