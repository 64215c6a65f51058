import { useTranslations } from 'next-intl';
import { PageHeader } from '@/components/patterns/page-header';
import { StatusBadge } from '@/components/patterns/status-badge';
import { Time } from '@/components/patterns/time';
import { Block } from './block';
import { type ConfigActions, ConfigForm } from './config-form';

interface ConfigPageProps {
  drift: { state: 'in_sync' | 'drift' | 'no_file'; problem: string | null; plan: string | null };
  revisions: readonly { id: string; at: string; actor: string; plan: string }[];
  inForce: string;
  actions: ConfigActions;
}

/** Configuration as code: whether what is in force is what the last file says, a file to plan and apply, and every file before. */
export function ConfigPage({ drift, revisions, inForce, actions }: ConfigPageProps) {
  const t = useTranslations('operatorConfig');
  return (
    <>
      <PageHeader
        title={t('title')}
        answer={
          <span className="flex flex-wrap items-center gap-2">
            <StatusBadge status={drift.state === 'drift' ? 'warning' : 'active'} label={t(`state.${drift.state}`)} />
            {t(`explain.${drift.state}`)}
          </span>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
        {(drift.plan ?? drift.problem) && (
          <section aria-labelledby="drift">
            <h2 id="drift" className="mb-2 font-semibold">
              {t('drift')}
            </h2>
            <Block label={t('drift')} text={drift.plan ?? drift.problem ?? ''} />
          </section>
        )}
        <section aria-labelledby="file">
          <h2 id="file" className="mb-2 font-semibold">
            {t('file')}
          </h2>
          <ConfigForm inForce={inForce} actions={actions} />
        </section>
        <section aria-labelledby="history">
          <h2 id="history" className="mb-2 font-semibold">
            {t('history')}
          </h2>
          {revisions.length === 0 ? (
            <p className="text-sm text-muted-foreground">{t('noHistory')}</p>
          ) : (
            <ul className="grid gap-2">
              {revisions.map(({ id, at, actor, plan }) => (
                <li key={id}>
                  <details className="rounded-lg border bg-surface p-3">
                    <summary className="cursor-pointer text-sm">
                      <Time iso={at} /> <span className="text-muted-foreground">{actor}</span>
                    </summary>
                    <Block label={t('changes', { id })} text={plan} />
                  </details>
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
    </>
  );
}
