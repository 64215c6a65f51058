'use client';

import { ExternalLink, Plug } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useRun } from '@/components/operator/use-run';
import { BackLink } from '@/components/patterns/back-link';
import { PageHeader } from '@/components/patterns/page-header';
import { ProviderMark } from '@/components/patterns/provider-mark';
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card';
import { Label } from '@/components/ui/label';
import { Switch } from '@/components/ui/switch';
import type { ModelDiff } from '@/lib/services/operator/providers/compare-models';
import type { ProviderView } from '@/lib/services/operator/providers/list-providers';
import type { TestedConnection } from '@/lib/services/operator/providers/test-connection';
import { CredentialsTable } from './credentials-table';
import { ImportModels } from './import-models';
import type { ProviderActions } from './provider-actions';
import { ProviderSettingsDialog } from './provider-settings-dialog';
import { ProviderState } from './provider-state';
import { TestResult } from './test-result';

interface ProviderPageProps {
  provider: ProviderView;
  /** The names of this provider's addresses. */
  endpoints: { name: string; url: string }[];
  actions: ProviderActions;
}

export function ProviderPage({ provider, endpoints, actions }: ProviderPageProps) {
  const t = useTranslations('operatorProviders');
  const { pending, run } = useRun();
  const [tested, setTested] = useState<{ test: TestedConnection; diff: ModelDiff | null } | null>(null);
  const isDemo = provider.adapter === 'demo';

  async function test(credential: string | null) {
    setTested(null);
    setTested(await run(() => actions.test({ provider: provider.id, credential })));
  }

  return (
    <>
      <PageHeader
        eyebrow={<BackLink href="/admin/providers">{t('title')}</BackLink>}
        title={
          <span className="flex items-center gap-2.5">
            <ProviderMark adapter={provider.adapter} className="size-5" />
            {provider.label}
          </span>
        }
        answer={<span className="figures break-all">{provider.address ?? t('demoLead')}</span>}
        actions={
          !isDemo && (
            <>
              <ProviderSettingsDialog provider={provider} endpoints={endpoints} update={actions.update} />
              <Button onClick={() => test(null)} pending={pending}>
                <Plug aria-hidden />
                {t('test.action')}
              </Button>
            </>
          )
        }
      >
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <ProviderState provider={provider} />
          <div className="flex items-center gap-2.5">
            <Switch
              id="maintenance"
              checked={!provider.enabled}
              disabled={pending}
              onCheckedChange={(maintenance) => void run(() => actions.update({ id: provider.id, enabled: !maintenance }), maintenance ? t('maintenance.begun') : t('maintenance.ended'))}
            />
            <Label htmlFor="maintenance">{t('maintenance.label')}</Label>
          </div>
          {provider.docsUrl && !isDemo && (
            <a href={provider.docsUrl} target="_blank" rel="noreferrer" className="inline-flex items-center gap-1 text-sm text-primary hover:underline">
              {t('docs')}
              <ExternalLink aria-hidden className="size-3.5" />
            </a>
          )}
        </div>
      </PageHeader>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        {!provider.enabled && (
          <Alert variant="warning">
            <AlertTitle>{t('maintenance.title')}</AlertTitle>
            <AlertDescription>{t('maintenance.body')}</AlertDescription>
          </Alert>
        )}
        {tested && <TestResult result={tested.test} />}
        {!isDemo && <CredentialsTable provider={provider} actions={actions} onTest={test} />}
        <Card>
          <CardHeader>
            <div>
              <CardTitle>{t('models.title')}</CardTitle>
              <CardDescription>{t('models.lead', { count: provider.models, unpriced: provider.unpriced })}</CardDescription>
            </div>
            <Button variant="outline" asChild>
              <Link href={`/admin/models?provider=${encodeURIComponent(provider.id)}`}>{t('models.open')}</Link>
            </Button>
          </CardHeader>
          <CardContent>
            {isDemo ? <p className="text-sm text-muted-foreground">{t('models.demo')}</p> : <ImportModels provider={provider.id} actions={actions} />}
          </CardContent>
        </Card>
      </div>
    </>
  );
}
