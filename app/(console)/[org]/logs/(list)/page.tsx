import type { Metadata } from 'next';
import { createLoader, type SearchParams } from 'nuqs/server';
import { getTranslations } from 'next-intl/server';
import { LogsPage } from '@/components/logs/logs-page';
import { MissingRight } from '@/components/logs/missing-right';
import { UrlState } from '@/components/shell/url-state';
import { requireOrg } from '@/lib/auth/require';
import { firstCall } from '@/lib/format/first-call';
import { Hydrate } from '@/lib/query/hydrate';
import { queryKeys } from '@/lib/query/keys';
import { present } from '@/lib/query/present';
import { REQUEST_PAGE_ROWS, requestParams, requestView } from '@/lib/query/request-view';
import { hasRight } from '@/lib/services/context';
import { readLogSettings } from '@/lib/services/requests/log-settings';
import { listRequests } from '@/lib/services/requests/list-requests';
import { requestQuerySchema } from '@/lib/services/requests/request-filters';
import { listSharedViews } from '@/lib/services/requests/shared-views';
import { publicUrl } from '@/lib/services/welcome/base-url';
import { removeSharedViewAction, shareViewAction } from './actions';

type Props = { params: Promise<{ org: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('logs'))('title') };
}

const loadView = createLoader(requestView);

export default async function Page({ params, searchParams }: Props) {
  const { org } = await params;
  const ctx = await requireOrg(org, `/${org}/logs`);
  const settings = await readLogSettings({ ctx });
  if (!hasRight(ctx.role, 'logs:read')) return <MissingRight need="logs:read" who={settings.owners} />;
  const view = await loadView(searchParams);
  const filter = requestParams(view);
  const page = { ...filter, limit: REQUEST_PAGE_ROWS, cursor: view.cursor };
  // A view that does not parse is left to the browser, which shows what the API says about it.
  const input = requestQuerySchema.safeParse(present(page));
  // The list alone is waited for: what counts rows comes after it, so the page is as fast with a million rows as with ten.
  const entries = input.success ? ([[queryKeys.requests(org, page), await listRequests({ ctx, input: input.data })]] as const) : [];
  return (
    <Hydrate entries={entries}>
      <UrlState>
        <LogsPage
          org={org}
          planName={ctx.org.plan.name}
          retentionDays={settings.retentionDays}
          used={settings.used}
          names={settings.names}
          curl={firstCall(await publicUrl())}
          shared={{
            views: await listSharedViews({ ctx }),
            mayShare: !ctx.viewing && hasRight(ctx.role, 'keys:write'),
            share: shareViewAction,
            remove: removeSharedViewAction,
          }}
        />
      </UrlState>
    </Hydrate>
  );
}
