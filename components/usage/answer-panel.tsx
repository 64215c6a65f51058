import type { ReactNode } from 'react';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';

interface AnswerPanelProps {
  /** Of the heading, for links and labels. */
  id: string;
  title: string;
  /** The sentence that answers the question in the title. */
  answer: ReactNode;
  /** The first names the row. */
  columns: readonly { label: string; numeric?: boolean }[];
  rows: readonly { id: string; cells: readonly (ReactNode | { text: ReactNode; className: string })[] }[];
  note?: string;
}

/** A question about the bill: its answer in a sentence, and the table it was read from. */
export function AnswerPanel({ id, title, answer, columns, rows, note }: AnswerPanelProps) {
  return (
    <section aria-labelledby={id} className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div>
        <h2 id={id} className="text-base">
          {title}
        </h2>
        <p className="text-sm text-muted-foreground">{answer}</p>
      </div>
      {rows.length > 0 && (
        <Table aria-label={title}>
          <TableHeader>
            <TableRow className="hover:bg-transparent">
              {columns.map(({ label, numeric }) => (
                <TableHead key={label} numeric={numeric}>
                  {label}
                </TableHead>
              ))}
            </TableRow>
          </TableHeader>
          <TableBody>
            {rows.map((row) => (
              <TableRow key={row.id}>
                {row.cells.map((cell, at) => {
                  const { text, className } = isMarked(cell) ? cell : { text: cell, className: undefined };
                  const column = columns[at];
                  return at === 0 ? (
                    <TableHead key={column?.label} scope="row" className="text-sm font-normal text-foreground">
                      {text}
                    </TableHead>
                  ) : (
                    <TableCell key={column?.label} numeric={column?.numeric} className={className}>
                      {text}
                    </TableCell>
                  );
                })}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {note && <p className="text-xs text-muted-foreground">{note}</p>}
    </section>
  );
}

function isMarked(cell: unknown): cell is { text: ReactNode; className: string } {
  return typeof cell === 'object' && cell !== null && 'className' in cell && 'text' in cell;
}
