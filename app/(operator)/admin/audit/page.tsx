import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuditPage } from '@/components/operator/watch/audit-page';
import { requireOperator } from '@/lib/auth/require';
import { AuditFilterInput, listOperatorAudit } from '@/lib/services/operator/watch/list-operator-audit';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorWatch'))('audit.title') };
}

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const ctx = await requireOperator();
  const filter = AuditFilterInput.parse(await searchParams);
  const { data, older } = await listOperatorAudit({ ctx, input: filter });
  return <AuditPage entries={data} older={older} filter={filter} />;
}
