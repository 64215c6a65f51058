import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AliasesPage } from '@/components/operator/aliases/aliases-page';
import { requireOperator } from '@/lib/auth/require';
import { listAliases } from '@/lib/services/aliases';
import { listNewDrafts, listTargetChoices } from '@/lib/services/operator/alias-choices';
import { saveDraftAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorAliases'))('title') };
}

export default async function Page() {
  const ctx = await requireOperator();
  const [aliases, drafts, models] = await Promise.all([listAliases({ ctx }), listNewDrafts({ ctx }), listTargetChoices({ ctx })]);
  return <AliasesPage aliases={aliases} drafts={drafts} models={models} saveDraft={saveDraftAction} />;
}
