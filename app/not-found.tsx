import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ProductMark, ProductName } from '@/components/shell/product';
import { SkipLink } from '@/components/shell/skip-link';
import { buttonVariants } from '@/components/ui/button';

/** Every page brings this along for the case, so it has no menus. */
export default async function NotFound() {
  const t = await getTranslations('shell.notFound');
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="mx-auto flex h-14 w-full max-w-[1120px] items-center px-4 sm:px-6">
        <Link href="/" className="flex items-center gap-2 rounded-sm text-lg font-semibold">
          <ProductMark className="size-6" />
          <ProductName />
        </Link>
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[480px] flex-1 px-4 pt-24 outline-none">
        <p className="figures text-sm text-muted-foreground">404</p>
        <h1 className="mt-1 text-2xl font-semibold">{t('title')}</h1>
        <p className="mt-2 text-muted-foreground">{t('body')}</p>
        <Link href="/" className={`${buttonVariants()} mt-6`}>
          {t('home')}
        </Link>
      </main>
    </div>
  );
}
