import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AlertsPage } from '@/components/alerts/alerts-page';
import { PageHeader } from '@/components/patterns/page-header';
import { Forbidden } from '@/components/patterns/states';
import { requireOrg } from '@/lib/auth/require';
import { listChannels } from '@/lib/services/alerts/channels';
import { listDeliveries } from '@/lib/services/alerts/deliveries';
import { listRules } from '@/lib/services/alerts/rules';
import { hasRight } from '@/lib/services/context';
import { listGranters } from '@/lib/services/orgs/list-granters';
import { createChannelAction, deleteChannelAction, deleteRuleAction, retryDeliveryAction, saveRuleAction, testChannelAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('alerts'))('title') };
}

export default async function Page({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  const ctx = await requireOrg(org, `/${org}/alerts`);
  const granters = await listGranters({ ctx });
  if (!hasRight(ctx.role, 'usage:read')) {
    const t = await getTranslations('alerts');
    return (
      <>
        <PageHeader title={t('title')} />
        <Forbidden need="usage:read" who={granters} />
      </>
    );
  }
  const [rules, channels, deliveries] = await Promise.all([listRules({ ctx }), listChannels({ ctx }), listDeliveries({ ctx })]);
  return (
    <AlertsPage
      org={org}
      rules={rules}
      channels={channels}
      deliveries={deliveries}
      email={ctx.user.email}
      grantedBy={hasRight(ctx.role, 'settings:write') ? null : granters}
      actions={{
        saveRule: saveRuleAction,
        deleteRule: deleteRuleAction,
        createChannel: createChannelAction,
        deleteChannel: deleteChannelAction,
        testChannel: testChannelAction,
        retry: retryDeliveryAction,
      }}
    />
  );
}
