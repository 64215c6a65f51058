import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { ModelPage } from '@/components/models/model-page';
import { type OrgCtx, requireOrg } from '@/lib/auth/require';
import { isFairleadError } from '@/lib/kernel/errors';
import { hasRight } from '@/lib/services/context';
import { getModel } from '@/lib/services/models/get-model';
import { listRequests } from '@/lib/services/requests/list-requests';
import { requestQuerySchema } from '@/lib/services/requests/request-filters';
import { usageQuerySchema } from '@/lib/services/usage/usage-query';
import { usageTotals } from '@/lib/services/usage/usage-totals';
import { apiBaseUrl } from '@/lib/services/welcome/base-url';

type Props = { params: Promise<{ org: string; slug: string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: nameOf((await params).slug) };
}

export default async function Page({ params }: Props) {
  const { org, slug } = await params;
  const name = nameOf(slug);
  const ctx = await requireOrg(org, `/${org}/models/${name}`);
  const detail = await findModel(ctx, name);
  if (!detail) notFound();
  const filter = { [detail.kind]: name };
  const readsLogs = hasRight(ctx.role, 'logs:read');
  const [baseUrl, usage, recent] = await Promise.all([
    apiBaseUrl(),
    usageTotals({ ctx, input: usageQuerySchema.parse({ range: '30d', ...filter }) }),
    readsLogs ? listRequests({ ctx, input: requestQuerySchema.parse({ range: '30d', limit: 5, ...filter }) }) : null,
  ]);
  return (
    <ModelPage org={org} detail={detail} baseUrl={baseUrl} usage={usage.totals} recent={recent?.data ?? null} mayCall={hasRight(ctx.role, 'keys:write')} />
  );
}

const findModel = cache(async (ctx: OrgCtx, name: string) => {
  try {
    return await getModel({ ctx, input: { name } });
  } catch (error) {
    if (isFairleadError(error) && error.code === 'not_found') return null;
    throw error;
  }
});

/** Names hold slashes (`demo/echo`); a client may have escaped them. */
function nameOf(slug: readonly string[]): string {
  return slug.map(decodeURIComponent).join('/');
}
