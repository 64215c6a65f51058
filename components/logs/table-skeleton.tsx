import { Skeleton } from '@/components/ui/skeleton';

/** The place of a table whose rows are on their way. */
export function TableSkeleton({ rows }: { rows: number }) {
  return (
    <div aria-busy="true" className="overflow-hidden rounded-lg border bg-surface">
      {Array.from({ length: rows + 1 }, (_, index) => (
        <div key={index} className="flex h-9 items-center gap-4 border-b px-3 last:border-0">
          <Skeleton className="h-3 w-28" />
          <Skeleton className="h-4 w-12" />
          <Skeleton className="h-3 w-1/4" />
          <Skeleton className="ml-auto h-3 w-16" />
          <Skeleton className="h-3 w-14 max-sm:hidden" />
        </div>
      ))}
    </div>
  );
}
