import type { Metadata } from 'next';
import { createLoader, type SearchParams } from 'nuqs/server';
import { getTranslations } from 'next-intl/server';
import { UsagePage } from '@/components/usage/usage-page';
import { UrlState } from '@/components/shell/url-state';
import { requireOrg } from '@/lib/auth/require';
import { firstCall } from '@/lib/format/first-call';
import { Hydrate } from '@/lib/query/hydrate';
import { queryKeys } from '@/lib/query/keys';
import { present } from '@/lib/query/present';
import { usageParams, usageView } from '@/lib/query/usage-view';
import { usageQuerySchema } from '@/lib/services/usage/usage-query';
import { usageSeries } from '@/lib/services/usage/usage-series';
import { publicUrl } from '@/lib/services/welcome/base-url';

type Props = { params: Promise<{ org: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('usage'))('title') };
}

const loadView = createLoader(usageView);

export default async function Page({ params, searchParams }: Props) {
  const { org } = await params;
  const ctx = await requireOrg(org, `/${org}/usage`);
  const query = usageParams(await loadView(searchParams));
  const series = await usageSeries({ ctx, input: usageQuerySchema.parse(present(query)) });
  return (
    <Hydrate entries={[[queryKeys.usage(org, query), series]]}>
      <UrlState>
        <UsagePage org={org} curl={firstCall(await publicUrl())} />
      </UrlState>
    </Hydrate>
  );
}
