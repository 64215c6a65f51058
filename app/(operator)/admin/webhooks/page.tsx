import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EventLog } from '@/components/operator/billing/event-log';
import { requireOperator } from '@/lib/auth/require';
import { ListEventsInput, listStripeEvents } from '@/lib/services/operator/billing/stripe-events';
import { replayEventAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorBilling.events'))('title') };
}

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const ctx = await requireOperator();
  const input = ListEventsInput.parse(await searchParams);
  return <EventLog log={await listStripeEvents({ ctx, input })} status={input.status ?? null} replay={replayEventAction} />;
}
