import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OutboxPage } from '@/components/operator/outbox/outbox-page';
import { UrlState } from '@/components/shell/url-state';
import { requireOperator } from '@/lib/auth/require';
import { env } from '@/lib/env';
import { listOutbox } from '@/lib/services/operator/list-outbox';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('outbox'))('title') };
}

export default async function Page({ searchParams }: { searchParams: Promise<{ q?: string | string[] }> }) {
  const ctx = await requireOperator();
  const { q } = await searchParams;
  const sought = typeof q === 'string' ? q.trim().slice(0, 200) : '';
  return (
    <UrlState>
      <OutboxPage mails={await listOutbox({ ctx, q: sought })} isFiltered={sought !== ''} hasServer={env().smtpUrl !== undefined} />
    </UrlState>
  );
}
