import type { ComponentProps } from 'react';
import { cn } from './cn';

/** Holds the place of something that is coming, in its final size. */
export function Skeleton({ className, ...props }: ComponentProps<'div'>) {
  return <div aria-hidden className={cn('animate-wait rounded-md bg-accent', className)} {...props} />;
}
