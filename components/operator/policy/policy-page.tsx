'use client';

import { Plus, X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { CardTable } from '@/components/operator/card-table';
import { readForm } from '@/components/operator/form-values';
import { useRun } from '@/components/operator/use-run';
import { PageHeader } from '@/components/patterns/page-header';
import { SectionCard } from '@/components/patterns/section-card';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import type { ActionResult } from '@/lib/http/action';
import type { AccessExplanation } from '@/lib/services/access/explain-access';
import type { PlatformRule } from '@/lib/services/access/platform-deny';
import { Verdict } from './verdict';

const ROLES = ['owner', 'admin', 'developer', 'billing', 'viewer'] as const;

interface PolicyPageProps {
  rules: PlatformRule[];
  save: (input: { rules: PlatformRule[] }) => Promise<ActionResult<void>>;
  /** What was asked in the address, and its answer. */
  question: { org: string; name: string; role: string; key: string };
  answer: AccessExplanation | { problem: string } | null;
}

/** What is blocked for everybody, and why a given name can or cannot be called by whom. */
export function PolicyPage({ rules, save, question, answer }: PolicyPageProps) {
  const t = useTranslations('operatorPolicy');
  const router = useRouter();

  function ask(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { text } = readForm(new FormData(event.currentTarget));
    const query = new URLSearchParams(['org', 'name', 'role', 'key'].flatMap((field) => (text(field) ? [[field, text(field)]] : [])));
    router.push(`/admin/policy?${query}`);
  }

  return (
    <>
      <PageHeader title={t('title')} answer={t('answer')} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <DenyList key={JSON.stringify(rules)} rules={rules} save={save} />
        <SectionCard title={t('explain.title')} lead={t('explain.lead')} className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <form onSubmit={ask} className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_10rem_10rem_auto]">
            <Field label={t('explain.org')}>
              <Input name="org" required defaultValue={question.org} maxLength={80} autoComplete="off" className="figures" />
            </Field>
            <Field label={t('explain.name')}>
              <Input name="name" required defaultValue={question.name} maxLength={200} autoComplete="off" className="figures" />
            </Field>
            <Field label={t('explain.role')}>
              <NativeSelect name="role" defaultValue={question.role}>
                <option value="">{t('explain.anyRole')}</option>
                {ROLES.map((role) => (
                  <option key={role} value={role}>
                    {t(`role.${role}`)}
                  </option>
                ))}
              </NativeSelect>
            </Field>
            <Field label={t('explain.key')}>
              <Input name="key" defaultValue={question.key} maxLength={80} autoComplete="off" className="figures" />
            </Field>
            <Button type="submit">{t('explain.submit')}</Button>
          </form>
          {answer && 'problem' in answer && (
            <Alert variant="warning">
              <AlertTitle className="font-normal">{answer.problem}</AlertTitle>
            </Alert>
          )}
          {answer && 'verdict' in answer && <Answer answer={answer} />}
        </SectionCard>
      </div>
    </>
  );
}

function Answer({ answer }: { answer: AccessExplanation }) {
  const t = useTranslations('operatorPolicy');
  return (
    <div role="status" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <p className="text-base font-medium">
        {answer.kind === 'unknown'
          ? t('explain.unknown', { name: answer.name })
          : answer.verdict.allowed
            ? t('explain.allowed', { org: answer.org.name, name: answer.name })
            : t('explain.refused', { org: answer.org.name, name: answer.name, layer: t(`layer.${answer.verdict.layer}`) })}
      </p>
      <CardTable
        label={t('explain.title')}
        columns={(['layer', 'allow', 'deny', 'verdict'] as const).map((id) => ({ id, label: t(`column.${id}`) }))}
        rows={answer.layers.map((layer) => ({
          id: layer.name,
          cells: [
            t(`layer.${layer.name}`),
            <Rules key="allow" rules={layer.allow} empty={t('narrowsNothing')} />,
            <Rules key="deny" rules={layer.deny} empty="—" />,
            <Verdict key="verdict" verdict={layer.verdict} />,
          ],
        }))}
      />
      {answer.targets.length > 0 && (
        <CardTable
          label={t('targets')}
          columns={[
            { id: 'target', label: t('column.target') },
            { id: 'verdict', label: t('column.verdict') },
          ]}
          rows={answer.targets.map(({ model, verdict }) => ({
            id: model,
            cells: [
              <span key="target" className="figures break-all">
                {model}
              </span>,
              <Verdict key="verdict" verdict={verdict} named />,
            ],
          }))}
        />
      )}
    </div>
  );
}

function Rules({ rules, empty }: { rules: readonly string[] | null; empty: string }) {
  if (!rules || rules.length === 0) return <span className="text-muted-foreground">{empty}</span>;
  return <span className="figures text-xs break-words">{rules.join(', ')}</span>;
}

function DenyList({ rules, save }: Pick<PolicyPageProps, 'rules' | 'save'>) {
  const t = useTranslations('operatorPolicy.deny');
  const { pending, run } = useRun();
  const [list, setList] = useState(rules);
  const change = (at: number, part: Partial<PlatformRule>) => setList((now) => now.map((one, index) => (index === at ? { ...one, ...part } : one)));

  return (
    <SectionCard title={t('title')} lead={t('lead')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run(() => save({ rules: list }), t('saved'));
        }}
        className="grid gap-3"
      >
        {list.length === 0 && <p className="text-sm text-muted-foreground">{t('none')}</p>}
        <ul className="grid gap-3">
          {list.map(({ rule, reason }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; its words are being typed
            <li key={at} className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]">
              <Field label={t('rule')} className="max-sm:col-span-2">
                <Input value={rule} required maxLength={200} onChange={(event) => change(at, { rule: event.target.value })} placeholder="region:cn" autoComplete="off" className="figures" />
              </Field>
              <Field label={t('reason')}>
                <Input value={reason} maxLength={200} onChange={(event) => change(at, { reason: event.target.value })} autoComplete="off" />
              </Field>
              <Button variant="ghost" size="icon" aria-label={t('remove', { rule: rule || String(at + 1) })} onClick={() => setList((now) => now.filter((_, index) => index !== at))}>
                <X aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
        <div className="flex flex-wrap gap-2">
          <Button variant="outline" onClick={() => setList((now) => [...now, { rule: '', reason: '' }])}>
            <Plus aria-hidden />
            {t('add')}
          </Button>
          <Button type="submit" pending={pending} disabled={JSON.stringify(list) === JSON.stringify(rules)}>
            {t('save')}
          </Button>
        </div>
      </form>
    </SectionCard>
  );
}
