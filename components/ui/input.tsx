import type { ComponentProps } from 'react';
import { cn } from './cn';

export const controlClasses =
  'h-8 w-full min-w-0 rounded-md border border-input bg-surface px-2.5 text-base text-foreground transition-[border-color] hover:border-foreground/50 focus-visible:border-primary focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:opacity-55 aria-invalid:border-danger';

export function Input({ className, type = 'text', ...props }: ComponentProps<'input'>) {
  return <input type={type} className={cn(controlClasses, className)} {...props} />;
}
