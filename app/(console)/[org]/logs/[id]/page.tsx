import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { MissingRight } from '@/components/logs/missing-right';
import { REQUEST_TABS, RequestPage } from '@/components/request-detail/request-page';
import { requireOrg } from '@/lib/auth/require';
import { isFairleadError } from '@/lib/kernel/errors';
import { hasRight } from '@/lib/services/context';
import { getRequest } from '@/lib/services/requests/get-request';
import { readLogSettings } from '@/lib/services/requests/log-settings';
import { publicUrl } from '@/lib/services/welcome/base-url';
import { listModelChoices } from '@/lib/services/welcome/read-welcome';
import { lendKeyAction } from '../../playground/actions';

type Props = { params: Promise<{ org: string; id: string }>; searchParams: Promise<{ tab?: string | string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).id };
}

export default async function Page({ params, searchParams }: Props) {
  const { org, id } = await params;
  const { tab } = await searchParams;
  const ctx = await requireOrg(org, `/${org}/logs/${id}`);
  if (!hasRight(ctx.role, 'logs:read')) return <MissingRight need="logs:read" who={(await readLogSettings({ ctx })).owners} />;
  const request = await getRequest({ ctx, input: { id } }).catch((error: unknown) => {
    if (isFairleadError(error) && error.code === 'not_found') notFound();
    throw error;
  });
  const replaying = hasRight(ctx.role, 'keys:write') && !ctx.viewing ? { models: await listModelChoices({ ctx }), baseUrl: '/v1', lend: lendKeyAction } : null;
  return (
    <RequestPage
      org={org}
      request={request}
      tab={REQUEST_TABS.find((name) => name === tab) ?? 'conversation'}
      baseUrl={await publicUrl()}
      logBodies={ctx.org.bodies !== 'none'}
      replaying={replaying}
    />
  );
}
