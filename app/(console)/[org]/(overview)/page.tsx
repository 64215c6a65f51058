import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OverviewPage } from '@/components/overview/overview-page';
import { requireOrg } from '@/lib/auth/require';
import { firstCall } from '@/lib/format/first-call';
import { getOverview } from '@/lib/services/overview/overview';
import { publicUrl } from '@/lib/services/welcome/base-url';

type Props = { params: Promise<{ org: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('overview'))('title') };
}

export default async function Page({ params }: Props) {
  const { org } = await params;
  const ctx = await requireOrg(org);
  return <OverviewPage org={org} overview={await getOverview({ ctx })} curl={firstCall(await publicUrl())} />;
}
