import Link from 'next/link';
import { useTranslations } from 'next-intl';

/** The guides, the reference and the errors, on every page of the documentation. */
export function DocsNav({ guides }: { guides: readonly { slug: string; title: string }[] }) {
  const t = useTranslations('docs');
  const links = [
    { href: '/docs', label: t('overview') },
    ...guides.map(({ slug, title }) => ({ href: `/docs/${slug}`, label: title })),
    { href: '/docs/api', label: t('api.title') },
    { href: '/docs/errors', label: t('errors.title') },
  ];
  return (
    <nav aria-label={t('title')} className="text-sm max-md:border-b max-md:pb-4">
      <ul className="grid gap-1 max-md:grid-cols-2">
        {links.map(({ href, label }) => (
          <li key={href}>
            <Link href={href} className="block rounded-sm py-1 text-muted-foreground hover:text-foreground">
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
