import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { CardTable } from '@/components/operator/card-table';
import { PageHeader } from '@/components/patterns/page-header';
import { StatusBadge } from '@/components/patterns/status-badge';
import { Time } from '@/components/patterns/time';
import { duration } from '@/lib/format/duration';
import type { HealthView } from '@/lib/services/operator/watch/read-health';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

export function HealthPage({ health, version }: { health: HealthView; version: string }) {
  const t = useTranslations('operatorWatch.health');
  const format = useFormatter();
  const { database, queues, disk } = health;
  const open = health.targets.filter(({ state }) => state !== 'closed').length;
  const failing = health.jobs.filter(({ error }) => error !== null).length;
  const size = (bytes: number) => (bytes < GIB ? `${format.number(bytes / MIB, { maximumFractionDigits: 0 })} MiB` : `${format.number(bytes / GIB, { maximumFractionDigits: 1 })} GiB`);
  const facts: [string, ReactNode, 'active' | 'warning'][] = [
    ['database', t('databaseLine', { version: database.version, latency: duration(database.latencyMs), connections: database.connections, max: database.maxConnections }), 'active'],
    ['size', size(database.sizeBytes), 'active'],
    ['disk', disk ? t('diskLine', { free: size(disk.freeBytes), total: size(disk.totalBytes) }) : '—', disk && disk.freeBytes / disk.totalBytes < 0.1 ? 'warning' : 'active'],
    ['mail', t('queueLine', { waiting: queues.mailsWaiting, failed: queues.mailsFailed }), queues.mailsFailed > 0 ? 'warning' : 'active'],
    ['stripe', t('queueLine', { waiting: queues.stripeWaiting, failed: queues.stripeFailed }), queues.stripeFailed > 0 ? 'warning' : 'active'],
    ['running', String(queues.runningCalls), 'active'],
    ['version', `Fairlead ${version}, Node ${health.node}`, 'active'],
  ];
  return (
    <>
      <PageHeader title={t('title')} answer={t('answer', { processes: health.processes.filter(({ alive }) => alive).length, open, failing })} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <dl className="grid gap-px overflow-hidden rounded-lg border bg-border sm:grid-cols-2">
          {facts.map(([name, value, state]) => (
            <div key={name} className="grid min-w-0 grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3 bg-surface p-3 last:odd:sm:col-span-2">
              <dt className="text-sm text-muted-foreground">{t(`fact.${name}`)}</dt>
              <dd className="row-span-2">
                <StatusBadge status={state} label={t(state === 'active' ? 'well' : 'look')} />
              </dd>
              <dd className="text-sm font-medium break-words">{value}</dd>
            </div>
          ))}
        </dl>
        <Section id="targets" title={t('targets')} empty={health.targets.length === 0 ? t('noTargets') : null}>
          <CardTable
            label={t('targets')}
            columns={(['target', 'state', 'fault', 'until'] as const).map((id) => ({ id, label: t(`target.${id}`) }))}
            rows={health.targets.map((target) => ({
              id: target.id,
              cells: [
                <span key="target" className="figures break-all">
                  {target.provider}
                  {target.credential && ` …${target.credential.last4}`}
                  {target.model && ` / ${target.model}`}
                </span>,
                <StatusBadge key="state" status={target.state === 'closed' ? 'active' : target.state === 'open' ? 'blocked' : 'retiring'} label={t(`breaker.${target.state}`)} />,
                <span key="fault" className="text-xs break-words">
                  {target.fault} {target.message}
                </span>,
                target.open_until ? <Time key="until" iso={target.open_until} /> : '—',
              ],
            }))}
          />
        </Section>
        <Section id="processes" title={t('processes')} empty={null}>
          <CardTable
            label={t('processes')}
            columns={(['role', 'where', 'started', 'seen', 'state'] as const).map((id) => ({ id, label: t(`process.${id}`) }))}
            rows={health.processes.map((one) => ({
              id: one.id,
              cells: [
                one.role,
                <span key="where" className="figures">{`${one.host}:${one.pid}`}</span>,
                <Time key="started" iso={one.startedAt} />,
                <Time key="seen" iso={one.seenAt} />,
                <StatusBadge key="state" status={one.alive ? 'active' : 'interrupted'} label={t(one.alive ? 'alive' : 'gone')} />,
              ],
            }))}
          />
        </Section>
        <Section id="jobs" title={t('jobs')} empty={health.jobs.length === 0 ? t('noJobs') : null}>
          <CardTable
            label={t('jobs')}
            columns={(['name', 'last', 'result'] as const).map((id) => ({ id, label: t(`job.${id}`) }))}
            rows={health.jobs.map((job) => ({
              id: job.name,
              cells: [
                <span key="name" className="figures">
                  {job.name}
                </span>,
                <Time key="last" iso={job.startedAt} />,
                job.error ? (
                  <span key="result" className="text-danger">
                    {job.error}
                  </span>
                ) : (
                  t(job.finishedAt ? 'went' : 'runs')
                ),
              ],
            }))}
          />
        </Section>
      </div>
    </>
  );
}

function Section({ id, title, empty, children }: { id: string; title: string; empty: string | null; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h2 id={id} className="text-base font-semibold">
        {title}
      </h2>
      {empty ? <p className="rounded-lg border bg-surface px-4 py-6 text-center text-sm text-muted-foreground">{empty}</p> : children}
    </section>
  );
}
