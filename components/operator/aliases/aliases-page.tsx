'use client';

import { Plus, Route } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { ActionDialog } from '@/components/operator/action-dialog';
import { CardTable } from '@/components/operator/card-table';
import { readForm } from '@/components/operator/form-values';
import { PageHeader } from '@/components/patterns/page-header';
import { EmptyState } from '@/components/patterns/states';
import { Time } from '@/components/patterns/time';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { AliasJson } from '@/lib/services/aliases';
import { type AliasActions, aliasPath, type TargetChoice } from './alias-actions';
import { ModelSelect } from './model-select';

interface AliasesPageProps {
  aliases: AliasJson[];
  /** Names of aliases that exist as drafts only. */
  drafts: string[];
  models: TargetChoice[];
  saveDraft: AliasActions['saveDraft'];
}

export function AliasesPage({ aliases, drafts, models, saveDraft }: AliasesPageProps) {
  const t = useTranslations('operatorAliases');
  const columns = (['name', 'targets', 'strategy', 'version'] as const).map((id) => ({ id, label: t(`column.${id}`) }));
  const create = <NewAlias models={models} saveDraft={saveDraft} />;
  return (
    <>
      <PageHeader title={t('title')} answer={t('answer', { count: aliases.length, drafts: aliases.filter(({ has_draft }) => has_draft).length + drafts.length })} actions={create} />
      {aliases.length + drafts.length === 0 ? (
        <EmptyState icon={Route} title={t('empty.title')} why={t('empty.why')} />
      ) : (
        <CardTable
          label={t('title')}
          columns={columns}
          rows={[
            ...drafts.map((name) => ({
              id: name,
              cells: [
                <Link key="name" href={aliasPath(name)} className="figures rounded-sm underline decoration-border underline-offset-4 hover:decoration-foreground">
                  {name}
                </Link>,
                '—',
                '—',
                <Badge key="draft" variant="signal">
                  {t('draftOnly')}
                </Badge>,
              ],
            })),
            ...aliases.map(({ name, document, version, updated_at, has_draft }) => ({
              id: name,
              cells: [
                <span key="name">
                  <Link href={aliasPath(name)} className="figures rounded-sm break-all underline decoration-border underline-offset-4 hover:decoration-foreground">
                    {name}
                  </Link>
                  {document.description && <span className="block text-xs font-normal text-muted-foreground">{document.description}</span>}
                </span>,
                <Chain key="targets" models={document.targets.map(({ model }) => model)} />,
                t(`strategy.${document.strategy}`),
                <span key="version" className="inline-flex flex-wrap items-center gap-2">
                  <span className="figures">{t('versionOf', { version })}</span>
                  <Time iso={updated_at} className="text-xs text-muted-foreground" />
                  {has_draft && <Badge variant="signal">{t('draft')}</Badge>}
                  {document.canary && <Badge variant="info">{t('canaryOf', { percent: document.canary.percent })}</Badge>}
                </span>,
              ],
            })),
          ]}
        />
      )}
    </>
  );
}

function Chain({ models }: { models: string[] }) {
  const t = useTranslations('operatorAliases');
  return (
    <ol aria-label={t('column.targets')} className="flex flex-wrap items-center gap-1.5">
      {models.map((model, at) => (
        <li key={model} className="flex items-center gap-1.5">
          {at > 0 && <span className="text-xs text-muted-foreground">{t('then')}</span>}
          <span className="figures rounded-sm bg-secondary px-1.5 text-xs leading-5 break-all">{model}</span>
        </li>
      ))}
    </ol>
  );
}

function NewAlias({ models, saveDraft }: { models: TargetChoice[]; saveDraft: AliasActions['saveDraft'] }) {
  const t = useTranslations('operatorAliases');
  const router = useRouter();
  return (
    <ActionDialog
      trigger={
        <Button>
          <Plus aria-hidden />
          {t('new')}
        </Button>
      }
      title={t('new')}
      lead={t('newLead')}
      submit={t('newSubmit')}
      done={t('drafted')}
      fields={['name', 'targets']}
      run={async (form) => {
        const { text } = readForm(form);
        const result = await saveDraft({ document: { name: text('name'), description: text('description') || null, targets: [{ model: text('model') }] } });
        if (result.ok) router.push(aliasPath(text('name')));
        return result;
      }}
    >
      {(problem) => (
        <>
          <Field label={t('column.name')} hint={t('nameHint')} error={problem('name')}>
            <Input name="name" required maxLength={200} autoComplete="off" className="figures" />
          </Field>
          <Field label={t('description')}>
            <Input name="description" maxLength={200} autoComplete="off" />
          </Field>
          <Field label={t('firstTarget')} error={problem('targets')}>
            <ModelSelect name="model" models={models} required />
          </Field>
        </>
      )}
    </ActionDialog>
  );
}
