import type { Metadata } from 'next';
import { PlanForm } from '@/components/operator/plans/plan-form';
import { requireOperator } from '@/lib/auth/require';
import { orNotFound } from '@/lib/http/or-not-found';
import { getPlan } from '@/lib/services/operator/plans/list-plans';
import { removePlanAction, savePlanAction } from '../actions';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) };
}

/** `new` is no plan's id: it is where one is made. */
export default async function Page({ params }: Props) {
  const ctx = await requireOperator();
  const id = decodeURIComponent((await params).id);
  const plan = id === 'new' ? null : await orNotFound(getPlan({ ctx, input: { id } }));
  return <PlanForm plan={plan} actions={{ save: savePlanAction, remove: removePlanAction }} />;
}
