'use client';

import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { toast } from '@/components/ui/toast';
import { CardTable } from '@/components/operator/card-table';
import { PageHeader } from '@/components/patterns/page-header';
import { ProviderMark } from '@/components/patterns/provider-mark';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle, DialogTrigger } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import type { GalleryEntry } from '@/lib/services/operator/providers/gallery';
import type { ProviderView } from '@/lib/services/operator/providers/list-providers';
import type { AddProvider, TestConnection } from './provider-actions';
import { ProviderState } from './provider-state';

/** Loaded with the first opening. */
const ConnectProvider = dynamic(() => import('./connect-provider').then((module) => module.ConnectProvider), {
  ssr: false,
  loading: () => <Skeleton className="h-72" />,
});

interface ProvidersPageProps {
  providers: ProviderView[];
  gallery: GalleryEntry[];
  test: TestConnection;
  add: AddProvider;
}

export function ProvidersPage({ providers, gallery, test, add }: ProvidersPageProps) {
  const t = useTranslations('operatorProviders');
  const router = useRouter();
  const [adding, setAdding] = useQueryState('add', parseAsBoolean.withDefault(false));
  const real = providers.filter(({ adapter }) => adapter !== 'demo');
  const columns = (['name', 'state', 'credentials', 'models', 'last24h'] as const).map((id) => ({ id, label: t(`column.${id}`), numeric: id === 'models' || id === 'last24h' }));
  return (
    <>
      <PageHeader
        title={t('title')}
        answer={real.length === 0 ? t('answerNone') : t('answer', { count: real.length, credentials: real.reduce((sum, { credentials }) => sum + credentials.length, 0) })}
        actions={
          <Dialog open={adding} onOpenChange={(open) => setAdding(open || null)}>
            <DialogTrigger asChild>
              <Button>
                <Plus aria-hidden />
                {t('add')}
              </Button>
            </DialogTrigger>
            <DialogContent className="max-w-3xl">
              <DialogHeader>
                <DialogTitle>{t('add')}</DialogTitle>
                <DialogDescription>{t('addLead')}</DialogDescription>
              </DialogHeader>
              <ConnectProvider
                gallery={gallery}
                test={test}
                add={add}
                onCancel={() => setAdding(null)}
                onAdded={({ id, models }) => {
                  toast.success(t('added', { count: models.length }));
                  router.push(`/admin/providers/${encodeURIComponent(id)}`);
                }}
              />
            </DialogContent>
          </Dialog>
        }
      />
      <CardTable
        label={t('title')}
        columns={columns}
        rows={providers.map((provider) => {
          const attempts = provider.credentials.reduce((sum, one) => sum + one.attempts, 0);
          const failed = provider.credentials.reduce((sum, one) => sum + one.failed, 0);
          return {
            id: provider.id,
            muted: !provider.enabled,
            cells: [
              <span key="name" className="flex min-w-0 items-center gap-2.5">
                <ProviderMark adapter={provider.adapter} className="size-5" />
                <span className="min-w-0">
                  <Link href={`/admin/providers/${encodeURIComponent(provider.id)}`} className="rounded-sm underline decoration-border underline-offset-4 hover:decoration-foreground">
                    {provider.label}
                  </Link>
                  <span className="figures block text-xs font-normal break-all text-muted-foreground">{provider.address ?? t('inProcess')}</span>
                </span>
              </span>,
              <ProviderState key="state" provider={provider} />,
              provider.credentials.length === 0 ? (
                <span key="credentials" className="text-muted-foreground">
                  {provider.needsCredential ? t('noCredential') : t('needsNone')}
                </span>
              ) : (
                <span key="credentials" className="figures">
                  {provider.credentials.map(({ last4, name }) => (last4 ? `…${last4}` : name)).join(', ')}
                </span>
              ),
              <span key="models">
                {provider.models}
                {provider.unpriced > 0 && (
                  <Badge variant="warning" className="ml-2 font-sans">
                    {t('unpriced', { count: provider.unpriced })}
                  </Badge>
                )}
              </span>,
              attempts === 0 ? '—' : t('attempts', { attempts, failed }),
            ],
          };
        })}
      />
    </>
  );
}
