import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

export interface CardColumn<Row> {
  id: string;
  /** The heading; also stands before the value where a narrow screen shows the row as a card. */
  label: string;
  render: (row: Row) => ReactNode;
  /** The whole width of the card on a narrow screen. */
  wide?: boolean;
  numeric?: boolean;
  /** Names its row: stands out, and heads the card without its label. */
  lead?: boolean;
  /** Heading for screen readers only: what the cell holds speaks for itself. */
  quiet?: boolean;
}

interface CardTableProps<Row> {
  label: string;
  columns: readonly CardColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Rows that count for less, such as what is switched off. */
  isMuted?: (row: Row) => boolean;
}

/** A table whose rows become cards on a narrow screen, so nothing scrolls sideways. */
export function CardTable<Row>({ label, columns, rows, rowKey, isMuted }: CardTableProps<Row>) {
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      {/* The roles are written out because `display: grid` on narrow screens would take them away. */}
      <table role="table" aria-label={label} className="w-full text-sm max-lg:block">
        <thead role="rowgroup" className="border-b max-lg:sr-only">
          <tr role="row">
            {columns.map((column) => (
              <th
                key={column.id}
                role="columnheader"
                scope="col"
                className={cn('h-9 px-3 text-left text-xs font-medium whitespace-nowrap text-muted-foreground', column.numeric && 'text-right')}
              >
                {column.quiet ? <span className="sr-only">{column.label}</span> : column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="max-lg:block">
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              role="row"
              className={cn(
                'border-b transition-colors last:border-0 hover:bg-surface-muted/70 max-lg:grid max-lg:grid-cols-2 max-lg:gap-x-4 max-lg:gap-y-3 max-lg:p-4',
                isMuted?.(row) && 'text-muted-foreground',
              )}
            >
              {columns.map((column) => (
                <td
                  key={column.id}
                  role="cell"
                  className={cn(
                    'min-w-0 px-3 py-2 align-middle break-words max-lg:p-0 lg:compact:py-1',
                    (column.wide || column.lead) && 'max-lg:col-span-2',
                    column.lead && 'font-medium',
                    column.numeric && 'figures lg:text-right lg:whitespace-nowrap',
                  )}
                >
                  {!column.quiet && !column.lead && (
                    <span aria-hidden className="mb-0.5 block font-sans text-xs text-muted-foreground lg:hidden">
                      {column.label}
                    </span>
                  )}
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
