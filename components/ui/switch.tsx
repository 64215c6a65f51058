'use client';

import { Switch as SwitchPrimitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

export function Switch({ className, ...props }: ComponentProps<typeof SwitchPrimitive.Root>) {
  return (
    <SwitchPrimitive.Root
      className={cn(
        'relative inline-flex h-6 w-10 shrink-0 items-center rounded-full border border-border-strong bg-surface-muted transition-colors data-[state=checked]:border-primary data-[state=checked]:bg-primary disabled:opacity-55',
        className,
      )}
      {...props}
    >
      <SwitchPrimitive.Thumb className="block size-4 translate-x-[3px] rounded-full bg-border-strong transition-transform data-[state=checked]:translate-x-[19px] data-[state=checked]:bg-primary-foreground" />
    </SwitchPrimitive.Root>
  );
}
