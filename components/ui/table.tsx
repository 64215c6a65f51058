import type { ComponentProps } from 'react';
import { cn } from './cn';

/**
 * A real table that scrolls inside its own box. The box takes the keyboard focus so that it can be scrolled without a
 * pointer; name it with `aria-label`.
 */
export function Table({ className, containerClassName, 'aria-label': label, ...props }: ComponentProps<'table'> & { containerClassName?: string }) {
  return (
    <section
      aria-label={label}
      className={cn('relative w-full overflow-x-auto rounded-lg border bg-surface', containerClassName)}
      tabIndex={label ? 0 : undefined}
    >
      <table aria-label={label} className={cn('w-full border-collapse text-sm', className)} {...props} />
    </section>
  );
}

export function TableHeader({ className, ...props }: ComponentProps<'thead'>) {
  return <thead className={cn('[&_tr]:border-b', className)} {...props} />;
}

export function TableBody({ className, ...props }: ComponentProps<'tbody'>) {
  return <tbody className={cn('[&_tr:last-child]:border-0', className)} {...props} />;
}

export function TableFooter({ className, ...props }: ComponentProps<'tfoot'>) {
  return <tfoot className={cn('border-t bg-surface-muted font-medium', className)} {...props} />;
}

export function TableRow({ className, ...props }: ComponentProps<'tr'>) {
  return <tr className={cn('h-9 border-b transition-colors lg:compact:h-7 hover:bg-surface-muted/70 data-[state=selected]:bg-primary-soft', className)} {...props} />;
}

interface CellProps {
  /** Figures stand right-aligned under each other. */
  numeric?: boolean;
}

export function TableHead({ className, numeric, scope = 'col', ...props }: ComponentProps<'th'> & CellProps) {
  return (
    <th
      scope={scope}
      className={cn('h-9 px-3 text-left lg:compact:h-7 text-xs font-medium whitespace-nowrap text-muted-foreground', numeric && 'text-right', className)}
      {...props}
    />
  );
}

export function TableCell({ className, numeric, ...props }: ComponentProps<'td'> & CellProps) {
  return <td className={cn('px-3 py-1.5 align-middle lg:compact:py-0.5', numeric && 'figures text-right whitespace-nowrap', className)} {...props} />;
}

export function TableCaption({ className, ...props }: ComponentProps<'caption'>) {
  return <caption className={cn('caption-bottom px-3 py-2 text-left text-xs text-muted-foreground', className)} {...props} />;
}
