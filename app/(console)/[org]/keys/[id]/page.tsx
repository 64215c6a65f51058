import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { KeyButtons } from '@/components/keys/key-buttons';
import { KeyPage } from '@/components/keys/key-page';
import { KEY_TABS } from '@/components/keys/key-tab-names';
import { PageHeader } from '@/components/patterns/page-header';
import { Forbidden } from '@/components/patterns/states';
import { type OrgCtx, requireOrg } from '@/lib/auth/require';
import { isFairleadError } from '@/lib/kernel/errors';
import { hasRight } from '@/lib/services/context';
import { readKeyPage } from '@/lib/services/keys/read-key-page';
import { listGranters } from '@/lib/services/orgs/list-granters';
import { listRequests } from '@/lib/services/requests/list-requests';
import { requestQuerySchema } from '@/lib/services/requests/request-filters';
import { usageQuerySchema } from '@/lib/services/usage/usage-query';
import { usageByGroup } from '@/lib/services/usage/usage-totals';
import { apiBaseUrl } from '@/lib/services/welcome/base-url';
import { listModelChoices } from '@/lib/services/welcome/read-welcome';
import { revokeKeyAction, rotateKeyAction, updateKeyAction } from '../actions';

type Props = { params: Promise<{ org: string; id: string }>; searchParams: Promise<{ tab?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('keys'))('detail.title') };
}

export default async function Page({ params, searchParams }: Props) {
  const { org, id } = await params;
  const ctx = await requireOrg(org, `/${org}/keys/${id}`);
  if (!hasRight(ctx.role, 'keys:read')) {
    const t = await getTranslations('keys');
    return (
      <>
        <PageHeader title={t('title')} />
        <Forbidden need="keys:read" who={await listGranters({ ctx })} />
      </>
    );
  }
  const asked = (await searchParams).tab;
  const tab = KEY_TABS.find((name) => name === asked) ?? 'overview';
  const page = await findPage(ctx, id);
  if (!page) notFound();
  const ids = page.line.map((key) => key.id).join(',');
  const [baseUrl, models, usage, requests] = await Promise.all([
    apiBaseUrl(),
    listModelChoices({ ctx }),
    tab === 'usage' && hasRight(ctx.role, 'usage:read')
      ? usageByGroup({ ctx, input: usageQuerySchema.parse({ range: '30d', group: 'model', key_id: ids }) })
      : null,
    tab === 'requests' && hasRight(ctx.role, 'logs:read')
      ? listRequests({ ctx, input: requestQuerySchema.parse({ range: '30d', limit: 20, key_id: ids }) })
      : null,
  ]);
  const { key } = page;
  const own = key.createdBy?.id === ctx.user.id && key.kind === 'inference';
  const mayChange = !ctx.viewing && hasRight(ctx.role, 'keys:write') && (ctx.role !== 'developer' || own);
  return (
    <KeyPage
      org={org}
      page={page}
      tab={tab}
      baseUrl={baseUrl}
      usage={usage?.data ?? []}
      requests={requests?.data ?? []}
      buttons={
        mayChange && (
          <KeyButtons
            org={org}
            view={key}
            models={models}
            baseUrl={baseUrl}
            actions={{ update: updateKeyAction, rotate: rotateKeyAction, revoke: revokeKeyAction }}
          />
        )
      }
    />
  );
}

async function findPage(ctx: OrgCtx, id: string) {
  try {
    return await readKeyPage({ ctx, input: { id } });
  } catch (error) {
    if (isFairleadError(error) && error.code === 'not_found') return null;
    throw error;
  }
}
