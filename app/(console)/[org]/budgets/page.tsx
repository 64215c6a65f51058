import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BudgetsPage } from '@/components/budgets/budgets-page';
import { PageHeader } from '@/components/patterns/page-header';
import { Forbidden } from '@/components/patterns/states';
import { UrlState } from '@/components/shell/url-state';
import { requireOrg } from '@/lib/auth/require';
import { listBudgets } from '@/lib/services/budgets/list-budgets';
import { listScopeChoices } from '@/lib/services/budgets/list-scope-choices';
import { readPlanBudget } from '@/lib/services/budgets/read-plan-budget';
import { hasRight } from '@/lib/services/context';
import { listGranters } from '@/lib/services/orgs/list-granters';
import { createBudgetAction, deleteBudgetAction, updateBudgetAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('budgets'))('title') };
}

export default async function Page({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  const ctx = await requireOrg(org, `/${org}/budgets`);
  const granters = await listGranters({ ctx });
  if (!hasRight(ctx.role, 'usage:read')) {
    const t = await getTranslations('budgets');
    return (
      <>
        <PageHeader title={t('title')} />
        <Forbidden need="usage:read" who={granters} />
      </>
    );
  }
  const canWrite = hasRight(ctx.role, 'budgets:write');
  return (
    <UrlState>
      <BudgetsPage
        org={org}
        budgets={await listBudgets({ ctx })}
        planBudget={await readPlanBudget({ ctx })}
        choices={canWrite ? await listScopeChoices({ ctx }) : null}
        grantedBy={canWrite ? null : granters}
        actions={{ create: createBudgetAction, update: updateBudgetAction, remove: deleteBudgetAction }}
      />
    </UrlState>
  );
}
