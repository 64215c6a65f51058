import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { LanguageMenu } from '@/components/shell/language-menu';
import { ProductMark, ProductName } from '@/components/shell/product';
import { ThemeMenu } from '@/components/shell/theme-menu';
import { Button } from '@/components/ui/button';

interface SiteHeaderProps {
  /** The reader's own console, when they are signed in. */
  home?: string | null;
  /** Leaves out the ways in, for pages that are one themselves. */
  quiet?: boolean;
}

/** The head of public pages. */
export function SiteHeader({ home, quiet }: SiteHeaderProps) {
  const t = useTranslations('site');
  return (
    <header className="mx-auto flex h-14 w-full max-w-[1120px] items-center gap-1 px-4 sm:px-6">
      <Link href="/" className="mr-auto flex items-center gap-2 rounded-sm text-lg font-semibold">
        <ProductMark className="size-6" />
        <ProductName />
      </Link>
      {!quiet && (
        <nav aria-label={t('nav.label')} className="flex items-center gap-1">
          <Button asChild variant="ghost">
            <Link href="/pricing">{t('nav.pricing')}</Link>
          </Button>
          <Button asChild variant="ghost" className="max-sm:hidden">
            <Link href="/docs">{t('nav.docs')}</Link>
          </Button>
          <Button asChild variant="ghost">
            {home ? <Link href={home}>{t('nav.console')}</Link> : <Link href="/sign-in">{t('nav.signIn')}</Link>}
          </Button>
        </nav>
      )}
      <LanguageMenu />
      <ThemeMenu />
    </header>
  );
}
