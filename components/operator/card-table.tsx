import type { ReactNode } from 'react';
import { type CardColumn, CardTable as PatternTable } from '@/components/patterns/card-table';

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

/** The table of cards for rows that were made on the server, cell by cell: the first column names its row, the last has its buttons. */
export function CardTable({ label, columns, rows, actionsLabel }: CardTableProps) {
  const cells = columns.map((column, at): CardColumn<CardRow> => ({ ...column, lead: at === 0, render: (row) => row.cells[at] }));
  const buttons: CardColumn<CardRow> = {
    id: 'actions',
    label: actionsLabel ?? '',
    quiet: true,
    wide: true,
    render: ({ actions }) => actions && <div className="flex flex-wrap justify-end gap-1 max-lg:justify-start">{actions}</div>,
  };
  return <PatternTable label={label} columns={actionsLabel ? [...cells, buttons] : cells} rows={rows} rowKey={({ id }) => id} isMuted={({ muted }) => muted === true} />;
}
