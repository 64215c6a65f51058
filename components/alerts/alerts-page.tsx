'use client';

import { BellRing } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { PageHeader } from '@/components/patterns/page-header';
import { useUrlTab } from '@/components/patterns/use-url-tab';
import { EmptyState } from '@/components/patterns/states';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import type { ChannelView } from '@/lib/services/alerts/channels';
import type { DeliveryView } from '@/lib/services/alerts/deliveries';
import type { RuleView } from '@/lib/services/alerts/rules';
import { type AlertActions, TABS } from './alert-actions';
import { ChannelsTable } from './channels-table';
import { DeliveriesTable } from './deliveries-table';
import { RuleDialog } from './rule-dialog';
import { RulesTable } from './rules-table';

/** Loaded with the first opening. */
const ChannelDialog = dynamic(() => import('./channel-dialog').then((module) => module.ChannelDialog), { ssr: false });

interface AlertsPageProps {
  org: string;
  rules: RuleView[];
  channels: ChannelView[];
  deliveries: DeliveryView[];
  email: string;
  grantedBy: string[] | null;
  actions: AlertActions;
}

/** What is watched, where it is told, and what was told. */
export function AlertsPage({ org, rules, channels, deliveries, email, grantedBy, actions }: AlertsPageProps) {
  const t = useTranslations('alerts');
  const router = useRouter();
  const [tab, setTab] = useUrlTab(TABS, 'rules');
  const [editing, setEditing] = useState<RuleView | 'new' | null>(null);
  const [adding, setAdding] = useState(false);
  const [deleting, setDeleting] = useState<{ what: 'rule' | 'channel'; id: string; name: string } | null>(null);
  const canWrite = grantedBy === null;
  const firing = rules.filter(({ firingSince, enabled }) => enabled && firingSince !== null).length;
  const refresh = () => router.refresh();

  const addChannel = canWrite && (
    <Button variant={channels.length === 0 ? 'default' : 'outline'} onClick={() => setAdding(true)}>
      {t('channel.add')}
    </Button>
  );
  const addRule = canWrite && channels.length > 0 && <Button onClick={() => setEditing('new')}>{t('rule.create')}</Button>;

  return (
    <>
      <PageHeader
        title={t('title')}
        answer={t('answer', { count: rules.length, firing })}
        actions={
          <>
            {addChannel}
            {addRule}
          </>
        }
      />
      {grantedBy && (
        <Alert variant="info" className="mb-4">
          <AlertTitle className="font-normal">{t('readOnly', { who: grantedBy.join(', ') })}</AlertTitle>
        </Alert>
      )}
      <Tabs value={tab} onValueChange={setTab}>
        <TabsList>
          {TABS.map((name) => (
            <TabsTrigger key={name} value={name}>
              {t(`tab.${name}`)}
            </TabsTrigger>
          ))}
        </TabsList>
        <TabsContent value="rules">
          {rules.length > 0 ? (
            <RulesTable rules={rules} channels={channels} canWrite={canWrite} onEdit={setEditing} onDelete={({ id, name }) => setDeleting({ what: 'rule', id, name })} />
          ) : (
            <EmptyState
              icon={BellRing}
              title={t('rule.empty')}
              why={channels.length === 0 ? t('rule.emptyNoChannel') : t('rule.emptyWhy')}
              action={channels.length === 0 ? addChannel : addRule}
            />
          )}
        </TabsContent>
        <TabsContent value="channels">
          {channels.length > 0 ? (
            <ChannelsTable
              org={org}
              channels={channels}
              canWrite={canWrite}
              test={actions.testChannel}
              onTested={refresh}
              onDelete={({ id, name }) => setDeleting({ what: 'channel', id, name })}
            />
          ) : (
            <EmptyState icon={BellRing} title={t('channel.empty')} why={t('channel.emptyWhy')} action={addChannel} />
          )}
        </TabsContent>
        <TabsContent value="history">
          {deliveries.length > 0 ? (
            <DeliveriesTable org={org} deliveries={deliveries} retry={canWrite ? actions.retry : null} onRetried={refresh} />
          ) : (
            <EmptyState icon={BellRing} title={t('history.empty')} why={t('history.emptyWhy')} />
          )}
        </TabsContent>
      </Tabs>
      {canWrite && (
        <>
          <RuleDialog org={org} target={editing} channels={channels} save={actions.saveRule} onClose={() => setEditing(null)} onSaved={refresh} />
          {adding && <ChannelDialog org={org} open={adding} email={email} create={actions.createChannel} onClose={() => setAdding(false)} onCreated={refresh} />}
        </>
      )}
      <ConfirmDialog
        open={deleting !== null}
        title={t('delete.title', { name: deleting?.name ?? '' })}
        lead={deleting?.what === 'channel' ? t('delete.channel') : t('delete.rule')}
        confirm={t('delete.action')}
        act={() => (deleting?.what === 'channel' ? actions.deleteChannel : actions.deleteRule)(org, { id: deleting?.id ?? '' })}
        onClose={() => setDeleting(null)}
        onDone={refresh}
      />
    </>
  );
}
