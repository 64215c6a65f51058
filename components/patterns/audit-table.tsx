'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { CardTable } from '@/components/patterns/card-table';
import { Time } from '@/components/patterns/time';
import type { AuditView } from '@/lib/services/audit/read-entries';

interface AuditTableProps {
  /** With the organization each belongs to, where they are not all of one. */
  entries: (AuditView & { org?: { slug: string; name: string } | null })[];
}

export function AuditTable({ entries }: AuditTableProps) {
  const t = useTranslations('audit');
  return (
    <CardTable
      label={t('title')}
      rows={entries}
      rowKey={({ id }) => id}
      columns={[
        { id: 'at', label: t('column.at'), render: ({ at }) => <Time iso={at} format="log" /> },
        { id: 'actor', label: t('column.actor'), render: ({ actor }) => <span className="break-all">{actor.label}</span> },
        { id: 'action', label: t('column.action'), render: ({ action }) => <code className="text-xs">{action}</code> },
        {
          id: 'target',
          label: t('column.target'),
          render: ({ target, org }) => (
            <span className="text-xs">
              {org && (
                <Link href={`/admin/tenants/${org.slug}`} className="block underline decoration-border underline-offset-4">
                  {org.name}
                </Link>
              )}
              {target.type}
              {target.id && <span className="figures block break-all text-muted-foreground">{target.id}</span>}
            </span>
          ),
        },
        { id: 'change', label: t('column.change'), wide: true, render: (entry) => <Change before={entry.before} after={entry.after} /> },
      ]}
    />
  );
}

/** What differs, field by field; a thing that was made or taken away shows all of itself. */
function Change({ before, after }: { before: unknown; after: unknown }) {
  const t = useTranslations('audit');
  const rows = differences(asRecord(before), asRecord(after));
  if (rows.length === 0) return <span className="text-muted-foreground">—</span>;
  return (
    <details className="text-xs">
      <summary className="cursor-pointer rounded-sm">{t('fields', { count: rows.length })}</summary>
      <dl className="mt-1 grid gap-1">
        {rows.map(({ field, from, to }) => (
          <div key={field} className="flex flex-wrap gap-x-2">
            <dt className="text-muted-foreground">{field}</dt>
            <dd className="figures [overflow-wrap:anywhere]">
              {from !== undefined && <del className="text-muted-foreground">{write(from)}</del>} {to !== undefined && <ins className="no-underline">{write(to)}</ins>}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function differences(before: Record<string, unknown>, after: Record<string, unknown>) {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field) => ({ field, from: before[field], to: after[field] }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function write(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
