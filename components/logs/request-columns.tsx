'use client';

import type { ReactNode } from 'react';
import { Money } from '@/components/patterns/money';
import { Tokens } from '@/components/patterns/tokens';
import { durationParts } from '@/lib/format/duration';
import type { RequestJson } from '@/lib/query/types';
import type { LogColumn, RequestView } from '@/lib/query/request-view';

interface ColumnCell {
  numeric?: boolean;
  className?: string;
  /** The order the heading of the column switches to. */
  sort?: Exclude<RequestView['sort'], 'newest'>;
  Cell: (props: { request: RequestJson }) => ReactNode;
}

const TEXT = 'max-w-28 truncate whitespace-nowrap max-md:max-w-none';
const PLAIN = 'max-md:hidden max-w-40 truncate whitespace-nowrap';

/** How each column that can be chosen is drawn. */
export const COLUMN_CELLS: Record<LogColumn, ColumnCell> = {
  key: {
    className: TEXT,
    Cell: ({ request }) => request.key_name ?? <span className="figures text-muted-foreground">…{request.key_last4}</span>,
  },
  user: { className: PLAIN, Cell: ({ request }) => <Plain text={request.user} /> },
  tags: {
    className: PLAIN,
    Cell: ({ request }) => (
      <Plain
        text={
          Object.entries(request.tags)
            .map(([name, value]) => `${name}=${value}`)
            .join(' ') || null
        }
      />
    ),
  },
  provider: { className: PLAIN, Cell: ({ request }) => <Plain text={request.provider} /> },
  tokens: {
    numeric: true,
    Cell: ({ request }) => (
      <>
        <Tokens value={request.usage.input_tokens} short />
        <span className="px-1 text-muted-foreground">/</span>
        <Tokens value={request.usage.output_tokens} short />
      </>
    ),
  },
  cost: { numeric: true, className: 'max-md:text-left', sort: 'cost', Cell: ({ request }) => <Money usd={request.cost_usd} /> },
  ttft: { numeric: true, className: 'max-md:hidden', sort: 'ttft', Cell: ({ request }) => <Milliseconds value={request.ttft_ms} /> },
  total: { numeric: true, sort: 'duration', Cell: ({ request }) => <Milliseconds value={request.duration_ms} /> },
  finish: { className: PLAIN, Cell: ({ request }) => <Plain text={request.finish_reason} /> },
  error: { className: PLAIN, Cell: ({ request }) => <Plain text={request.error?.code ?? null} tone="text-danger" /> },
  client: { className: PLAIN, Cell: ({ request }) => <Plain text={request.client} /> },
};

function Plain({ text, tone = 'text-muted-foreground' }: { text: string | null; tone?: string }) {
  if (text === null) return <span className="text-muted-foreground">—</span>;
  return (
    <span title={text} className={`figures text-xs ${tone}`}>
      {text}
    </span>
  );
}

/** A duration whose unit is quieter than its figure. */
export function Milliseconds({ value }: { value: number | null }) {
  if (value === null) return <span className="text-muted-foreground">—</span>;
  const { value: figure, unit } = durationParts(value);
  return (
    <span className="figures whitespace-nowrap">
      {figure}
      <span className="text-muted-foreground"> {unit}</span>
    </span>
  );
}
