import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ComparePage } from '@/components/compare/compare-page';
import { MissingRight } from '@/components/logs/missing-right';
import { requireOrg } from '@/lib/auth/require';
import { hasRight } from '@/lib/services/context';
import { compareRequests } from '@/lib/services/requests/compare-requests';
import { readLogSettings } from '@/lib/services/requests/log-settings';

type Props = { params: Promise<{ org: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('compare'))('title') };
}

export default async function Page({ params, searchParams }: Props) {
  const { org } = await params;
  const { ids } = await searchParams;
  const ctx = await requireOrg(org, `/${org}/logs/compare`);
  if (!hasRight(ctx.role, 'logs:read')) return <MissingRight need="logs:read" who={(await readLogSettings({ ctx })).owners} />;
  const { requests, missing } = await compareRequests({ ctx, input: { ids: [ids ?? []].flat().flatMap((part) => part.split(',')) } });
  return <ComparePage org={org} requests={requests} missing={missing} logBodies={ctx.org.bodies !== 'none'} />;
}
