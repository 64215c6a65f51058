import type { Metadata } from 'next';
import { AliasPage } from '@/components/operator/aliases/alias-page';
import { requireOperator } from '@/lib/auth/require';
import { orNotFound } from '@/lib/http/or-not-found';
import { compareTargets, getAlias } from '@/lib/services/aliases';
import { listPlanIds, listTargetChoices } from '@/lib/services/operator/alias-choices';
import { deleteAliasAction, discardDraftAction, publishAliasAction, rollBackAliasAction, saveDraftAction, testRouteAction } from '../actions';

type Props = { params: Promise<{ name: string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await readName(params) };
}

export default async function Page({ params }: Props) {
  const ctx = await requireOperator();
  const name = await readName(params);
  const detail = await orNotFound(getAlias({ ctx, input: { name } }));
  const [models, plans, comparison] = await Promise.all([listTargetChoices({ ctx }), listPlanIds({ ctx }), detail.alias ? compareTargets({ ctx, input: { name } }) : []]);
  return (
    <AliasPage
      name={name}
      detail={detail}
      comparison={comparison}
      models={models}
      plans={plans}
      actions={{ saveDraft: saveDraftAction, discardDraft: discardDraftAction, publish: publishAliasAction, rollBack: rollBackAliasAction, remove: deleteAliasAction, testRoute: testRouteAction }}
    />
  );
}

async function readName(params: Props['params']): Promise<string> {
  return (await params).name.map(decodeURIComponent).join('/');
}
