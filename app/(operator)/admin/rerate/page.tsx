import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ReratePage } from '@/components/operator/rerate/rerate-page';
import { requireOperator } from '@/lib/auth/require';
import { rerateAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorRerate'))('title') };
}

export default async function Page() {
  await requireOperator();
  return <ReratePage rerate={rerateAction} />;
}
