import type { ReactNode } from 'react';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';

interface ReportTableProps {
  title: string;
  /** Said when there is no row. */
  none: string;
  action?: ReactNode;
  /** An empty head belongs to a column of buttons. */
  heads: string[];
  /** Columns of figures, by their place. */
  figures?: readonly number[];
  rows: { key: string; cells: ReactNode[] }[];
}

/** One section of the report: a heading, and a table or the sentence that there is nothing. */
export function ReportTable({ title, none, action, heads, figures = [], rows }: ReportTableProps) {
  return (
    <section className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-lg font-semibold">{title}</h2>
        {action}
      </div>
      {rows.length === 0 ? (
        <p className="text-base text-muted-foreground">{none}</p>
      ) : (
        <Table aria-label={title}>
          <TableHeader>
            <TableRow>
              {heads.map((head, index) => (head === '' ? <TableCell key={`buttons-${index}`} /> : <TableHead key={head} numeric={figures.includes(index)}>{head}</TableHead>))}
            </TableRow>
          </TableHeader>
          <TableBody>
            {rows.map(({ key, cells }) => (
              <TableRow key={key}>
                {cells.map((cell, index) => (
                  <TableCell key={heads[index] || 'buttons'} numeric={figures.includes(index)}>{cell}</TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </section>
  );
}
