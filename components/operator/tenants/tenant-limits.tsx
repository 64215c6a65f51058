'use client';

import { useTranslations } from 'next-intl';
import { PlanBudget } from '@/components/budgets/plan-budget';
import { readForm } from '@/components/operator/form-values';
import { useRun } from '@/components/operator/use-run';
import { SectionCard } from '@/components/patterns/section-card';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { Textarea } from '@/components/ui/textarea';
import type { TenantDetail } from '@/lib/services/operator/tenants/get-tenant';
import type { TenantActions } from './tenant-actions';

const LIMITS = ['rpm', 'tpm', 'concurrency'] as const;
const ROLES = ['admin', 'developer', 'viewer'] as const;

interface CardProps {
  tenant: TenantDetail;
  actions: TenantActions;
}

/** The plan of a tenant, and the limits that replace the plan's own. */
export function PlanCard({ tenant, plans, actions }: CardProps & { plans: { id: string; name: string }[] }) {
  const t = useTranslations('operatorTenants');
  const { pending, run } = useRun();
  return (
    <SectionCard title={t('planTitle')} lead={t('planLead')} className="grid gap-4">
      <Field label={t('column.plan')}>
        <NativeSelect value={tenant.plan.id} disabled={pending} onChange={(event) => run(() => actions.setPlan({ id: tenant.id, plan: event.target.value }), t('saved'))}>
          {plans.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </NativeSelect>
      </Field>
      {tenant.planBudget && <PlanBudget budget={tenant.planBudget} className="text-sm" />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const { whole } = readForm(new FormData(event.currentTarget));
          void run(() => actions.setLimits({ id: tenant.id, rpm: whole('rpm'), tpm: whole('tpm'), concurrency: whole('concurrency') }), t('saved'));
        }}
        className="grid gap-3"
      >
        <div className="grid gap-3 sm:grid-cols-3">
          {LIMITS.map((name) => (
            <Field key={name} label={t(`limit.${name}`)}>
              <Input name={name} type="number" min={1} step={1} defaultValue={tenant.limits[name] ?? ''} placeholder={String(tenant.planLimits[name] ?? '∞')} className="figures" />
            </Field>
          ))}
        </div>
        <div>
          <Button type="submit" variant="outline" pending={pending}>
            {t('saveLimits')}
          </Button>
        </div>
      </form>
    </SectionCard>
  );
}

/** Which models a tenant and its roles may use beside what the plan says. */
export function ModelsCard({ tenant, actions }: CardProps) {
  const t = useTranslations('operatorTenants');
  const { pending, run } = useRun();
  return (
    <SectionCard title={t('modelsTitle')} lead={t('modelsLead')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const { list } = readForm(new FormData(event.currentTarget));
          const roles = Object.fromEntries(ROLES.map((role) => [role, { allow: list(`allow.${role}`), deny: list(`deny.${role}`) }]));
          void run(() => actions.setModels({ id: tenant.id, lists: { allow: list('allow'), deny: list('deny') }, roles: { ...roles } as never }), t('saved'));
        }}
        className="grid gap-3"
      >
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label={t('allow')}>
            <Textarea name="allow" rows={2} spellCheck={false} defaultValue={tenant.lists.allow.join('\n')} className="figures" />
          </Field>
          <Field label={t('deny')}>
            <Textarea name="deny" rows={2} spellCheck={false} defaultValue={tenant.lists.deny.join('\n')} className="figures" />
          </Field>
          {ROLES.map((role) => (
            <div key={role} className="contents">
              <Field label={t('allowRole', { role: t(`role.${role}`) })}>
                <Textarea name={`allow.${role}`} rows={1} spellCheck={false} defaultValue={tenant.roles[role]?.allow.join('\n') ?? ''} className="figures" />
              </Field>
              <Field label={t('denyRole', { role: t(`role.${role}`) })}>
                <Textarea name={`deny.${role}`} rows={1} spellCheck={false} defaultValue={tenant.roles[role]?.deny.join('\n') ?? ''} className="figures" />
              </Field>
            </div>
          ))}
        </div>
        <div>
          <Button type="submit" variant="outline" pending={pending}>
            {t('saveModels')}
          </Button>
        </div>
      </form>
    </SectionCard>
  );
}
