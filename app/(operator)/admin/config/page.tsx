import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ConfigPage } from '@/components/operator/config/config-page';
import { requireOperator } from '@/lib/auth/require';
import { configDrift } from '@/lib/services/config/config-drift';
import { exportConfig } from '@/lib/services/config/export-config';
import { renderPlan } from '@/lib/services/config/render-plan';
import { listRevisions } from '@/lib/services/config/revisions';
import { applyFileAction, planFileAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorConfig'))('title') };
}

export default async function Page() {
  const ctx = await requireOperator();
  const drift = await configDrift({ ctx });
  const { data } = await listRevisions({ ctx, input: { limit: 20 } });
  return (
    <ConfigPage
      drift={{ state: drift.state, problem: drift.problem, plan: drift.changes.length > 0 ? renderPlan(drift.changes) : null }}
      revisions={data.map(({ id, created_at: at, actor, changes }) => ({ id, at, actor: actor.label ?? actor.type, plan: renderPlan(changes) }))}
      inForce={await exportConfig({ ctx })}
      actions={{ plan: planFileAction, apply: applyFileAction }}
    />
  );
}
