'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { ActionDialog } from '@/components/operator/action-dialog';
import { BackLink } from '@/components/patterns/back-link';
import { PageHeader } from '@/components/patterns/page-header';
import { useUrlTab } from '@/components/patterns/use-url-tab';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import type { AliasDetail, TargetComparison } from '@/lib/services/aliases';
import type { AliasActions, TargetChoice } from './alias-actions';
import { AliasEditor } from './alias-editor';
import { AliasVersions } from './alias-versions';
import { ComparisonTable } from './comparison-table';

const TABS = ['route', 'compare', 'versions'] as const;

interface AliasPageProps {
  name: string;
  detail: AliasDetail;
  comparison: TargetComparison[];
  models: TargetChoice[];
  plans: string[];
  actions: AliasActions;
}

/** An alias from draft to publish and back. */
export function AliasPage({ name, detail, comparison, models, plans, actions }: AliasPageProps) {
  const t = useTranslations('operatorAliases');
  const router = useRouter();
  const [tab, setTab] = useUrlTab(TABS, 'route');
  return (
    <>
      <PageHeader
        eyebrow={<BackLink href="/admin/aliases">{t('title')}</BackLink>}
        title={
          <span className="flex flex-wrap items-center gap-2.5">
            <span className="figures break-all">{name}</span>
            {detail.alias && <Badge>{t('versionOf', { version: detail.alias.version })}</Badge>}
            {detail.draft && <Badge variant="signal">{t('draft')}</Badge>}
          </span>
        }
        answer={detail.alias ? t('inForce') : t('notInForce')}
        actions={
          detail.alias && (
            <ActionDialog
              trigger={<Button variant="outline">{t('remove')}</Button>}
              title={t('removeTitle', { name })}
              lead={t('removeLead')}
              submit={t('remove')}
              destructive
              done={t('removed')}
              run={async () => {
                const result = await actions.remove({ name });
                if (result.ok) router.push('/admin/aliases');
                return result;
              }}
            />
          )
        }
      />
      <Tabs value={tab} onValueChange={setTab}>
        <TabsList aria-label={name}>
          {TABS.map((one) => (
            <TabsTrigger key={one} value={one}>
              {t(`tab.${one}`)}
            </TabsTrigger>
          ))}
        </TabsList>
        <TabsContent value="route">
          {/* A draft saved elsewhere, a version rolled back: the editor begins anew with what is there now. */}
          <AliasEditor
            key={`${detail.alias?.version ?? 0}-${detail.draft?.updated_at ?? ''}`}
            document={detail.draft?.document ?? detail.alias?.document ?? null}
            detail={detail}
            models={models}
            plans={plans}
            actions={actions}
          />
        </TabsContent>
        <TabsContent value="compare">
          <ComparisonTable comparison={comparison} />
        </TabsContent>
        <TabsContent value="versions">
          <AliasVersions name={name} detail={detail} rollBack={actions.rollBack} />
        </TabsContent>
      </Tabs>
    </>
  );
}
