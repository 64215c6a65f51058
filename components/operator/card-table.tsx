import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

export interface Column {
  id: string;
  label: string;
  numeric?: boolean;
}

export interface CardRow {
  id: string;
  /** One per column. */
  cells: ReactNode[];
  actions?: ReactNode;
  muted?: boolean;
}

interface CardTableProps {
  label: string;
  columns: readonly Column[];
  rows: readonly CardRow[];
  /** Names the column of buttons, for those who do not see it; absent where rows have none. */
  actionsLabel?: string;
}

/** A table whose rows become cards on a narrow screen, so that nothing scrolls sideways. The first column names its row. */
export function CardTable({ label, columns, rows, actionsLabel }: CardTableProps) {
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      {/* The roles are written out because `display: grid` on narrow screens would take them away. */}
      <table role="table" aria-label={label} className="w-full text-sm max-lg:block">
        <thead role="rowgroup" className="border-b max-lg:sr-only">
          <tr role="row">
            {columns.map(({ id, label: title, numeric }) => (
              <th key={id} role="columnheader" scope="col" className={cn('h-9 px-3 text-left text-xs font-medium whitespace-nowrap text-muted-foreground', numeric && 'text-right')}>
                {title}
              </th>
            ))}
            {actionsLabel && (
              <th role="columnheader" scope="col">
                <span className="sr-only">{actionsLabel}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody role="rowgroup" className="max-lg:block">
          {rows.map(({ id, cells, actions, muted }) => (
            <tr
              key={id}
              role="row"
              className={cn('border-b transition-colors last:border-0 hover:bg-surface-muted/70 max-lg:grid max-lg:grid-cols-2 max-lg:gap-x-4 max-lg:gap-y-3 max-lg:p-4', muted && 'text-muted-foreground')}
            >
              {cells.map((cell, at) => (
                <td
                  key={columns[at]?.id}
                  role="cell"
                  className={cn('px-3 py-2 align-middle break-words max-lg:min-w-0 max-lg:p-0', at === 0 && 'font-medium max-lg:col-span-2', columns[at]?.numeric && 'figures lg:text-right')}
                >
                  {at > 0 && (
                    <span aria-hidden className="mb-0.5 block font-sans text-xs text-muted-foreground lg:hidden">
                      {columns[at]?.label}
                    </span>
                  )}
                  {cell}
                </td>
              ))}
              {actionsLabel && (
                <td role="cell" className="px-3 py-2 max-lg:col-span-2 max-lg:p-0">
                  {actions && <div className="flex flex-wrap justify-end gap-1 max-lg:justify-start">{actions}</div>}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
