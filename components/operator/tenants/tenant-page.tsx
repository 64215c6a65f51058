'use client';

import { Eye } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { PlanBudget } from '@/components/budgets/plan-budget';
import { ActionDialog } from '@/components/operator/action-dialog';
import { CardTable } from '@/components/operator/card-table';
import { readForm } from '@/components/operator/form-values';
import { useRun } from '@/components/operator/use-run';
import { Money } from '@/components/patterns/money';
import { BackLink } from '@/components/patterns/back-link';
import { PageHeader } from '@/components/patterns/page-header';
import { StatusBadge } from '@/components/patterns/status-badge';
import { Time } from '@/components/patterns/time';
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { Textarea } from '@/components/ui/textarea';
import { count } from '@/lib/format/numbers';
import type { TenantDetail } from '@/lib/services/operator/tenants/get-tenant';
import type { TenantActions } from './tenant-actions';

const LIMITS = ['rpm', 'tpm', 'concurrency'] as const;
const ROLES = ['admin', 'developer', 'viewer'] as const;

interface TenantPageProps {
  tenant: TenantDetail;
  plans: { id: string; name: string }[];
  actions: TenantActions;
}

export function TenantPage({ tenant, plans, actions }: TenantPageProps) {
  const t = useTranslations('operatorTenants');
  const locale = useLocale();
  const router = useRouter();
  const { pending, run } = useRun();
  const figures = [
    { name: 'revenue', value: <Money usd={tenant.revenue_usd} /> },
    { name: 'margin', value: <Money usd={tenant.margin_usd} /> },
    { name: 'requests', value: count(tenant.requests, locale) },
    { name: 'available', value: <Money usd={tenant.available_usd} /> },
  ] as const;

  return (
    <>
      <PageHeader
        eyebrow={<BackLink href="/admin/tenants">{t('title')}</BackLink>}
        title={
          <span className="flex flex-wrap items-center gap-2.5">
            {tenant.name}
            {tenant.suspended && <StatusBadge status="blocked" label={t('suspended')} />}
          </span>
        }
        answer={
          <>
            {t('line', { slug: tenant.slug, members: tenant.members, keys: tenant.keys })}
            {tenant.supportAccessUntil !== null && (
              <span className="block text-signal">{t.rich('support', { until: () => <Time iso={tenant.supportAccessUntil ?? ''} format="full" /> })}</span>
            )}
          </>
        }
        actions={
          <>
            {tenant.suspended ? (
              <Button variant="outline" pending={pending} onClick={() => run(() => actions.resume({ id: tenant.id }), t('resumed'))}>
                {t('resume')}
              </Button>
            ) : (
              <ActionDialog
                trigger={
                  <Button variant="outline" className="text-danger">
                    {t('suspend')}
                  </Button>
                }
                title={t('suspendTitle', { name: tenant.name })}
                lead={t('suspendLead')}
                submit={t('suspend')}
                destructive
                done={t('suspendedNow')}
                fields={['reason']}
                run={(form) => actions.suspend({ id: tenant.id, reason: readForm(form).text('reason') })}
              >
                {(problem) => (
                  <Field label={t('reason')} hint={t('reasonHint')} error={problem('reason')}>
                    <Input name="reason" required maxLength={300} />
                  </Field>
                )}
              </ActionDialog>
            )}
            <Button
              variant="outline"
              pending={pending}
              onClick={async () => {
                const opened = await run(() => actions.viewAs({ id: tenant.id }));
                if (opened) router.push(`/${opened.slug}`);
              }}
            >
              <Eye aria-hidden />
              {t('viewAs')}
            </Button>
            <ActionDialog
              trigger={<Button>{t('grant')}</Button>}
              title={t('grantTitle', { name: tenant.name })}
              lead={t('grantLead')}
              submit={t('grant')}
              done={t('granted')}
              fields={['usd', 'reason', 'expires']}
              run={(form) => {
                const { text } = readForm(form);
                return actions.grantCredit({ org: tenant.id, usd: text('usd'), reason: text('reason'), ...(text('expires') && { expires: text('expires') }) });
              }}
            >
              {(problem) => (
                <>
                  <Field label={t('amount')} note="USD" error={problem('usd')}>
                    <Input name="usd" required inputMode="decimal" pattern="\d{1,9}(\.\d{1,9})?" placeholder="10.00" className="figures" />
                  </Field>
                  <Field label={t('grantReason')} hint={t('grantReasonHint')} error={problem('reason')}>
                    <Input name="reason" required maxLength={200} />
                  </Field>
                  <Field label={t('grantExpires')} hint={t('grantExpiresHint')} error={problem('expires')}>
                    <Input name="expires" type="date" className="figures" />
                  </Field>
                </>
              )}
            </ActionDialog>
          </>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {tenant.suspended && (
          <Alert variant="danger">
            <AlertTitle>{t('isSuspended')}</AlertTitle>
            <AlertDescription>{tenant.suspendReason}</AlertDescription>
          </Alert>
        )}
        <dl className="grid grid-cols-1 gap-px overflow-hidden rounded-lg border bg-border xs:grid-cols-2 lg:grid-cols-4">
          {figures.map(({ name, value }) => (
            <div key={name} className="bg-surface p-4">
              <dt className="text-sm text-muted-foreground">{t(`column.${name}`)}</dt>
              <dd className="figures text-xl font-medium">{value}</dd>
            </div>
          ))}
        </dl>
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
          <PlanCard tenant={tenant} plans={plans} actions={actions} />
          <ModelsCard tenant={tenant} actions={actions} />
        </div>
        <section aria-labelledby="people" className="grid grid-cols-[minmax(0,1fr)] gap-2">
          <h2 id="people" className="text-base font-semibold">
            {t('people')}
          </h2>
          <CardTable
            label={t('people')}
            columns={(['email', 'role', 'verified'] as const).map((id) => ({ id, label: t(`person.${id}`) }))}
            rows={tenant.people.map(({ email, name, role, verified }) => ({ id: email, cells: [name ? `${email} (${name})` : email, t(`role.${role}`), verified ? t('yes') : t('no')] }))}
          />
        </section>
        <div className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
          <Link href={`/admin/requests?org=${tenant.slug}`} className="text-primary hover:underline">
            {t('itsRequests')}
          </Link>
          <Link href={`/admin/policy?org=${tenant.slug}`} className="text-primary hover:underline">
            {t('itsAccess')}
          </Link>
        </div>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const notes = readForm(new FormData(event.currentTarget)).text('notes');
            void run(() => actions.setNotes({ id: tenant.id, notes }), t('saved'));
          }}
          className="grid gap-2"
        >
          <Field label={t('notes')} hint={t('notesHint')}>
            <Textarea name="notes" rows={3} maxLength={5000} defaultValue={tenant.notes ?? ''} />
          </Field>
          <div>
            <Button type="submit" variant="outline" pending={pending}>
              {t('saveNotes')}
            </Button>
          </div>
        </form>
      </div>
    </>
  );
}

function PlanCard({ tenant, plans, actions }: TenantPageProps) {
  const t = useTranslations('operatorTenants');
  const { pending, run } = useRun();
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t('planTitle')}</CardTitle>
          <CardDescription>{t('planLead')}</CardDescription>
        </div>
      </CardHeader>
      <CardContent className="grid gap-4">
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
      </CardContent>
    </Card>
  );
}

function ModelsCard({ tenant, actions }: Omit<TenantPageProps, 'plans'>) {
  const t = useTranslations('operatorTenants');
  const { pending, run } = useRun();
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t('modelsTitle')}</CardTitle>
          <CardDescription>{t('modelsLead')}</CardDescription>
        </div>
      </CardHeader>
      <CardContent>
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
      </CardContent>
    </Card>
  );
}
