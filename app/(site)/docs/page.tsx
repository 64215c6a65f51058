import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { DocsIndex } from '@/components/docs/docs-index';
import { listGuides, searchGuides } from '@/lib/services/docs/guides';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('docs'))('title') };
}

export default async function Page({ searchParams }: { searchParams: Promise<{ q?: string | string[] }> }) {
  const { q } = await searchParams;
  const locale = await getLocale();
  const query = (Array.isArray(q) ? q[0] : q)?.slice(0, 200) ?? '';
  return <DocsIndex query={query} guides={await listGuides(locale)} hits={query.trim() === '' ? null : await searchGuides(query, locale)} />;
}
