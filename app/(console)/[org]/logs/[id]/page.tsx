import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { MissingRight } from '@/components/logs/missing-right';
import { RequestPage } from '@/components/request-detail/request-page';
import { requireOrg } from '@/lib/auth/require';
import { env } from '@/lib/env';
import { isFairleadError } from '@/lib/kernel/errors';
import { Hydrate } from '@/lib/query/hydrate';
import { queryKeys } from '@/lib/query/keys';
import { hasRight } from '@/lib/services/context';
import { getRequest } from '@/lib/services/requests/get-request';
import { readLogSettings } from '@/lib/services/requests/log-settings';

type Props = { params: Promise<{ org: string; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).id };
}

export default async function Page({ params }: Props) {
  const { org, id } = await params;
  const ctx = await requireOrg(org, `/${org}/logs/${id}`);
  if (!hasRight(ctx.role, 'logs:read')) return <MissingRight need="logs:read" who={(await readLogSettings({ ctx })).owners} />;
  const request = await getRequest({ ctx, input: { id } }).catch((error: unknown) => {
    if (isFairleadError(error) && error.code === 'not_found') notFound();
    throw error;
  });
  return (
    <Hydrate entries={[[queryKeys.request(org, id), request]]}>
      <RequestPage org={org} id={id} baseUrl={env().appUrl} logBodies={ctx.org.logBodies} />
    </Hydrate>
  );
}
