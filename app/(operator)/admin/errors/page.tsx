import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ErrorsPage } from '@/components/operator/watch/errors-page';
import { requireOperator } from '@/lib/auth/require';
import { ErrorFilterInput, listErrors } from '@/lib/services/operator/watch/list-errors';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorWatch'))('errors.title') };
}

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const ctx = await requireOperator();
  const input = ErrorFilterInput.parse(await searchParams);
  return <ErrorsPage errors={await listErrors({ ctx, input })} days={input.days} />;
}
