'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { toast } from '@/components/ui/toast';
import { ActionDialog } from '@/components/operator/action-dialog';
import { CheckField } from '@/components/operator/check-field';
import { readForm } from '@/components/operator/form-values';
import { BackLink } from '@/components/patterns/back-link';
import { PageHeader } from '@/components/patterns/page-header';
import { useActionMessage } from '@/components/patterns/use-action-message';
import { SectionCard } from '@/components/patterns/section-card';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { Textarea } from '@/components/ui/textarea';
import type { ActionError } from '@/lib/http/action';
import type { PlanDetail } from '@/lib/services/operator/plans/list-plans';
import { PLAN_FEATURES } from '@/lib/kernel/plan-features';
import type { PlanActions } from './plan-actions';

const LIMITS = ['rpm', 'tpm', 'concurrency'] as const;
const PERIODS = ['day', 'week', 'month', 'total'] as const;

interface PlanFormProps {
  /** Null: a new plan. */
  plan: PlanDetail | null;
  actions: PlanActions;
}

/** One plan: what it costs, what it opens, how much of it. Saving a plan that people are on makes a new version. */
export function PlanForm({ plan, actions }: PlanFormProps) {
  const t = useTranslations('operatorPlans');
  const describe = useActionMessage();
  const router = useRouter();
  const [error, setError] = useState<ActionError | null>(null);
  const [pending, setPending] = useState(false);
  const problem = (field: string) => (error?.param === field || error?.param?.startsWith(`${field}.`) || error?.param?.startsWith(`${field}[`) ? describe(error) : undefined);
  const hasPlace = ['id', 'name', 'price', 'includedCredit', 'overageLimit', 'trialDays', 'trialCredit', 'models.allow', 'models.deny', 'limits', 'logRetentionDays', 'seats', 'budget', 'markupPercent'].some((field) => problem(field));

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { text, whole, list, checked, optional } = readForm(new FormData(event.currentTarget));
    setPending(true);
    const result = await actions.save({
      isNew: plan === null,
      keepTenants: checked('keepTenants'),
      plan: {
        id: plan?.id ?? text('id'),
        name: text('name'),
        price: { monthly: text('monthly') || '0' },
        includedCredit: text('includedCredit') || '0',
        overageLimit: text('overageLimit') || '0',
        trialDays: whole('trialDays') ?? 0,
        trialCredit: text('trialCredit') || '0',
        models: { allow: list('allow'), deny: list('deny') },
        limits: { rpm: whole('rpm'), tpm: whole('tpm'), concurrency: whole('concurrency') },
        logRetentionDays: whole('logRetentionDays') ?? 7,
        seats: whole('seats'),
        budget: text('budget') === '' ? null : { limit: text('budget'), period: PERIODS.find((period) => period === text('budgetPeriod')) ?? 'month' },
        features: PLAN_FEATURES.filter((feature) => checked(`feature.${feature}`)),
        prepaid: checked('prepaid'),
        markupPercent: optional('markupPercent'),
        public: checked('public'),
      },
    });
    setPending(false);
    if (!result.ok) return setError(result.error);
    setError(null);
    toast.success(result.data.kept ? t('savedKept', { copy: result.data.kept }) : t('saved'));
    if (plan === null) router.push(`/admin/plans/${encodeURIComponent(result.data.id)}`);
    router.refresh();
  }

  return (
    <>
      <PageHeader
        eyebrow={<BackLink href="/admin/plans">{t('title')}</BackLink>}
        title={
          <span className="flex flex-wrap items-center gap-2.5">
            {plan ? plan.name : t('new')}
            {plan && <Badge>{t('version', { version: plan.version })}</Badge>}
            {plan?.isDefault && <Badge variant="primary">{t('default')}</Badge>}
          </span>
        }
        answer={plan ? t('onIt', { count: plan.organizations }) : t('newLead')}
        actions={
          plan &&
          plan.organizations === 0 &&
          !plan.isDefault && (
            <ActionDialog
              trigger={<Button variant="outline">{t('remove')}</Button>}
              title={t('removeTitle', { name: plan.name })}
              lead={t('removeLead')}
              submit={t('remove')}
              destructive
              done={t('removed')}
              run={async () => {
                const result = await actions.remove({ id: plan.id });
                if (result.ok) router.push('/admin/plans');
                return result;
              }}
            />
          )
        }
      />
      <form key={plan?.version} onSubmit={send} className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {error && !hasPlace && (
          <Alert variant="danger">
            <AlertTitle className="font-normal">{describe(error)}</AlertTitle>
          </Alert>
        )}
        <Card>
          <CardHeader>
            <CardTitle>{t('section.offer')}</CardTitle>
          </CardHeader>
          <CardContent className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
            {!plan && (
              <Field label={t('field.id')} hint={t('hint.id')} error={problem('id')}>
                <Input name="id" required maxLength={56} autoComplete="off" className="figures" />
              </Field>
            )}
            <Field label={t('field.name')} error={problem('name')}>
              <Input name="name" required maxLength={80} defaultValue={plan?.name} autoComplete="off" />
            </Field>
            <Field label={t('field.monthly')} note="USD" error={problem('price')}>
              <Input name="monthly" inputMode="decimal" pattern="\d{1,9}(\.\d{1,9})?" defaultValue={plan?.price.monthly ?? '0'} className="figures" />
            </Field>
            <Field label={t('field.includedCredit')} note="USD" hint={t('hint.includedCredit')} error={problem('includedCredit')}>
              <Input name="includedCredit" inputMode="decimal" pattern="\d{1,9}(\.\d{1,9})?" defaultValue={plan?.includedCredit ?? '0'} className="figures" />
            </Field>
            <Field label={t('field.overageLimit')} note="USD" hint={t('hint.overageLimit')} error={problem('overageLimit')}>
              <Input name="overageLimit" inputMode="decimal" pattern="\d{1,9}(\.\d{1,9})?" defaultValue={plan?.overageLimit ?? '0'} className="figures" />
            </Field>
            <Field label={t('field.trialDays')} hint={t('hint.trialDays')} error={problem('trialDays')}>
              <Input name="trialDays" type="number" min={0} max={730} step={1} defaultValue={plan?.trialDays ?? 0} className="figures" />
            </Field>
            <Field label={t('field.trialCredit')} note="USD" hint={t('hint.trialCredit')} error={problem('trialCredit')}>
              <Input name="trialCredit" inputMode="decimal" pattern="\d{1,9}(\.\d{1,9})?" defaultValue={plan?.trialCredit ?? '0'} className="figures" />
            </Field>
            <Field label={t('field.markupPercent')} note="%" hint={t('hint.markup')} error={problem('markupPercent')}>
              <Input name="markupPercent" inputMode="decimal" pattern="\d{1,4}(\.\d{1,4})?" defaultValue={plan?.markupPercent ?? ''} className="figures" />
            </Field>
            <Field label={t('field.seats')} hint={t('hint.empty')} error={problem('seats')}>
              <Input name="seats" type="number" min={1} step={1} defaultValue={plan?.seats ?? ''} className="figures" />
            </Field>
            <Field label={t('field.logRetentionDays')} error={problem('logRetentionDays')}>
              <Input name="logRetentionDays" type="number" min={1} max={3650} step={1} required defaultValue={plan?.logRetentionDays ?? 7} className="figures" />
            </Field>
            <div className="grid content-end gap-2 sm:col-span-2 lg:col-span-4">
              <CheckField name="public" label={t('field.public')} defaultChecked={plan?.public ?? true} />
              <CheckField name="prepaid" label={t('field.prepaid')} hint={t('hint.prepaid')} defaultChecked={plan?.prepaid ?? true} />
            </div>
          </CardContent>
        </Card>
        <SectionCard title={t('section.models')} lead={t('rules')} className="grid gap-4 sm:grid-cols-2">
          <Field label={t('field.allow')} hint={t('hint.allow')} error={problem('models.allow')}>
            <Textarea name="allow" rows={6} defaultValue={plan?.models.allow.join('\n') ?? '*'} spellCheck={false} className="figures" />
          </Field>
          <Field label={t('field.deny')} hint={t('hint.deny')} error={problem('models.deny')}>
            <Textarea name="deny" rows={6} defaultValue={plan?.models.deny.join('\n') ?? ''} spellCheck={false} className="figures" />
          </Field>
        </SectionCard>
        <SectionCard title={t('section.limits')} lead={t('limitsLead')} className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {LIMITS.map((name) => (
            <Field key={name} label={t(`field.${name}`)} hint={t('hint.empty')} error={problem(`limits.${name}`)}>
              <Input name={name} type="number" min={1} step={1} defaultValue={plan?.limits[name] ?? ''} className="figures" />
            </Field>
          ))}
          <Field label={t('field.budget')} note="USD" hint={t('hint.budget')} error={problem('budget')}>
            <Input name="budget" inputMode="decimal" pattern="\d{1,9}(\.\d{1,9})?" defaultValue={plan?.budget?.limit ?? ''} className="figures" />
          </Field>
          <Field label={t('field.budgetPeriod')}>
            <NativeSelect name="budgetPeriod" defaultValue={plan?.budget?.period ?? 'month'}>
              {PERIODS.map((period) => (
                <option key={period} value={period}>
                  {t(`period.${period}`)}
                </option>
              ))}
            </NativeSelect>
          </Field>
        </SectionCard>
        <SectionCard title={t('section.features')} lead={t('featuresLead')} className="grid gap-3 sm:grid-cols-2">
          {PLAN_FEATURES.map((feature) => (
            <CheckField key={feature} name={`feature.${feature}`} label={t(`feature.${feature}`)} hint={t(`featureHint.${feature}`)} defaultChecked={plan?.features.includes(feature) ?? true} />
          ))}
        </SectionCard>
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          {plan && plan.organizations > 0 && <CheckField name="keepTenants" label={t('keepTenants', { count: plan.organizations })} hint={t('keepHint')} />}
          <Button type="submit" pending={pending} className="ml-auto">
            {plan ? t('save') : t('create')}
          </Button>
        </div>
      </form>
      {plan && plan.members.length > 0 && (
        <section aria-labelledby="on-plan" className="mt-6 grid gap-2">
          <h2 id="on-plan" className="text-base font-semibold">
            {t('members')}
          </h2>
          <ul className="flex flex-wrap gap-2">
            {plan.members.map(({ id, slug, name }) => (
              <li key={id}>
                <Badge variant="outline">
                  <Link href={`/admin/tenants/${slug}`}>{name}</Link>
                </Badge>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
