'use client';

import { Eye } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
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
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { count } from '@/lib/format/numbers';
import type { TenantDetail } from '@/lib/services/operator/tenants/get-tenant';
import type { TenantActions } from './tenant-actions';
import { ModelsCard, PlanCard } from './tenant-limits';

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
