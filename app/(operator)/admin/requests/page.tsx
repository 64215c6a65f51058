import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OperatorRequestsPage } from '@/components/operator/watch/requests-page';
import { requireOperator } from '@/lib/auth/require';
import { listAllRequests, RequestFilterInput } from '@/lib/services/operator/watch/list-requests';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorWatch'))('requests.title') };
}

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const ctx = await requireOperator();
  const filter = RequestFilterInput.parse(await searchParams);
  const { data, older } = await listAllRequests({ ctx, input: filter });
  return <OperatorRequestsPage key={JSON.stringify(filter)} requests={data} older={older} filter={filter} />;
}
