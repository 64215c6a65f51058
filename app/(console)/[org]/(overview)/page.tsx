import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OverviewPage } from '@/components/overview/overview-page';
import { requireOrg } from '@/lib/auth/require';
import { firstCall } from '@/lib/format/first-call';
import { log } from '@/lib/log';
import { getOverview } from '@/lib/services/overview/overview';
import { publicUrl } from '@/lib/services/welcome/base-url';
import { usageLatency } from '@/lib/services/usage/usage-latency';
import { usageQuerySchema } from '@/lib/services/usage/usage-query';

type Props = { params: Promise<{ org: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('overview'))('title') };
}

export default async function Page({ params }: Props) {
  const { org } = await params;
  const ctx = await requireOrg(org);
  const overview = await getOverview({ ctx });
  // Not waited for: it is the one figure of the page that is read from the rows themselves.
  const latency = usageLatency({ ctx, input: usageQuerySchema.parse({ range: '7d', group: 'provider' }) }).catch((error: unknown) => {
    log.error({ error }, 'the latency of the overview could not be read');
    return null;
  });
  return <OverviewPage org={org} overview={overview} latency={latency} curl={firstCall(await publicUrl())} />;
}
