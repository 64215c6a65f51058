import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { GuideText } from '@/components/docs/guide-text';
import { findGuide } from '@/lib/services/docs/guides';

type Props = { params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await findGuide((await params).slug, await getLocale()))?.title };
}

export default async function Page({ params }: Props) {
  const guide = await findGuide((await params).slug, await getLocale());
  if (!guide) notFound();
  return <GuideText html={guide.html} language={guide.language} />;
}
