import type { ComponentProps } from 'react';
import { cn } from './cn';

export function Label({ className, ...props }: ComponentProps<'label'>) {
  // biome-ignore lint/a11y/noLabelWithoutControl: whoever uses it says what it belongs to
  return <label className={cn('text-sm font-medium text-foreground', className)} {...props} />;
}
