import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeader } from '@/components/patterns/page-header';
import { GeneralForm } from '@/components/settings/general-form';
import { SampleData } from '@/components/settings/sample-data';
import { requireOrg } from '@/lib/auth/require';
import { hasRight } from '@/lib/services/context';
import { listGranters } from '@/lib/services/orgs/list-granters';
import { getSampleState } from '@/lib/services/sample/sample-state';
import { loadSampleAction, removeSampleAction, updateOrgAction } from '../actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('tabs.general') };
}

export default async function GeneralPage({ params }: { params: Promise<{ org: string }> }) {
  const { org: slug } = await params;
  const ctx = await requireOrg(slug, `/${slug}/settings/general`);
  const { name, timezone } = ctx.org;
  const mayWrite = hasRight(ctx.role, 'settings:write');
  // The server's list, so that both renderings of the page hold the same one.
  const zones = [...new Set(['UTC', timezone, ...Intl.supportedValuesOf('timeZone')])];
  const t = await getTranslations('settings');
  return (
    <>
      <PageHeader title={t('general.title')} answer={t('general.answer', { name, role: ctx.role, plan: ctx.org.plan.name })} />
      <GeneralForm
        slug={slug}
        saved={{ name, timezone }}
        zones={zones}
        update={updateOrgAction}
        grantedBy={mayWrite ? null : await listGranters({ ctx })}
      />
      {mayWrite && <SampleData slug={slug} state={await getSampleState({ ctx })} load={loadSampleAction} remove={removeSampleAction} />}
    </>
  );
}
