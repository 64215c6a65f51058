'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog as SheetPrimitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

export const Sheet = SheetPrimitive.Root;
export const SheetTrigger = SheetPrimitive.Trigger;
export const SheetClose = SheetPrimitive.Close;
export const SheetTitle = SheetPrimitive.Title;
export const SheetDescription = SheetPrimitive.Description;

interface SheetContentProps extends ComponentProps<typeof SheetPrimitive.Content> {
  side?: 'left' | 'right';
}

/** A panel from the side: navigation on a phone, filters, a peek at a row. Needs a SheetTitle inside. */
export function SheetContent({ className, children, side = 'left', ...props }: SheetContentProps) {
  const t = useTranslations('common');
  return (
    <SheetPrimitive.Portal>
      <SheetPrimitive.Overlay className="fixed inset-0 z-40 bg-[#0d1419]/45 data-[state=closed]:animate-leave data-[state=open]:animate-enter dark:bg-black/60" />
      <SheetPrimitive.Content
        aria-describedby={undefined}
        className={cn(
          'fixed inset-y-0 z-50 flex w-[min(320px,calc(100vw-48px))] flex-col overflow-y-auto bg-popover p-4 text-popover-foreground shadow-float outline-none',
          side === 'left'
            ? 'left-0 data-[state=closed]:animate-slide-out data-[state=open]:animate-slide-in'
            : 'right-0 data-[state=closed]:animate-leave data-[state=open]:animate-enter',
          className,
        )}
        {...props}
      >
        {children}
        <SheetPrimitive.Close
          aria-label={t('close')}
          className="absolute top-3 right-3 grid size-8 place-items-center rounded-md text-muted-foreground hover:bg-accent hover:text-foreground"
        >
          <X aria-hidden className="size-4" />
        </SheetPrimitive.Close>
      </SheetPrimitive.Content>
    </SheetPrimitive.Portal>
  );
}
