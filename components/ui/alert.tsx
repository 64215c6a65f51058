import { cva, type VariantProps } from 'class-variance-authority';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './cn';

const alertVariants = cva('grid grid-cols-[16px_1fr] gap-x-2.5 gap-y-1 rounded-lg border p-3 text-base [&>svg]:mt-0.5 [&>svg]:size-4', {
  variants: {
    variant: {
      info: 'border-info/30 bg-info-soft [&>svg]:text-info',
      success: 'border-success/30 bg-success-soft [&>svg]:text-success',
      warning: 'border-warning/30 bg-warning-soft [&>svg]:text-warning',
      danger: 'border-danger/30 bg-danger-soft [&>svg]:text-danger',
    },
  },
  defaultVariants: { variant: 'info' },
});

const ICONS = { info: Info, success: CircleCheck, warning: TriangleAlert, danger: CircleAlert };

/** A message in the flow of the page. Trouble that just happened is announced; standing notes are not. */
export function Alert({ className, variant, children, role, ...props }: ComponentProps<'div'> & VariantProps<typeof alertVariants>) {
  const Icon = ICONS[variant ?? 'info'];
  return (
    <div role={role ?? (variant === 'danger' ? 'alert' : undefined)} className={cn(alertVariants({ variant }), className)} {...props}>
      <Icon aria-hidden />
      <div className="grid min-w-0 gap-1">{children}</div>
    </div>
  );
}

export function AlertTitle({ className, ...props }: ComponentProps<'p'>) {
  return <p className={cn('font-medium', className)} {...props} />;
}

export function AlertDescription({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('text-sm text-muted-foreground', className)} {...props} />;
}
