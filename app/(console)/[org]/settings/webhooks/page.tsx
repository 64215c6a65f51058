import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { WebhooksPage } from '@/components/alerts/webhooks-page';
import { PageHeader } from '@/components/patterns/page-header';
import { Forbidden } from '@/components/patterns/states';
import { requireOrg } from '@/lib/auth/require';
import { listChannels } from '@/lib/services/alerts/channels';
import { listDeliveries } from '@/lib/services/alerts/deliveries';
import { hasRight } from '@/lib/services/context';
import { listGranters } from '@/lib/services/orgs/list-granters';
import { createChannelAction, deleteChannelAction, readWebhookSecretAction, retryDeliveryAction, rotateWebhookSecretAction, testChannelAction } from '../../alerts/actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('alerts'))('webhooks.title') };
}

export default async function Page({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  const ctx = await requireOrg(org, `/${org}/settings/webhooks`);
  if (!hasRight(ctx.role, 'settings:write')) {
    const t = await getTranslations('alerts.webhooks');
    return (
      <>
        <PageHeader title={t('title')} />
        <Forbidden need="settings:write" who={await listGranters({ ctx })} />
      </>
    );
  }
  const webhooks = (await listChannels({ ctx })).filter(({ kind }) => kind === 'webhook');
  const ids = new Set(webhooks.map(({ id }) => id));
  const deliveries = (await listDeliveries({ ctx })).filter(({ channelId }) => ids.has(channelId));
  return (
    <WebhooksPage
      org={org}
      webhooks={webhooks}
      deliveries={deliveries}
      actions={{
        create: createChannelAction,
        remove: deleteChannelAction,
        test: testChannelAction,
        readSecret: readWebhookSecretAction,
        rotateSecret: rotateWebhookSecretAction,
        retry: retryDeliveryAction,
      }}
    />
  );
}
