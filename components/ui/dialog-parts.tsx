'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog as DialogPrimitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

export const DialogRoot = DialogPrimitive.Root;
export const DialogClose = DialogPrimitive.Close;
export const DialogTitle = DialogPrimitive.Title;
export const DialogDescription = DialogPrimitive.Description;

const OVERLAY = 'fixed inset-0 z-40 bg-[#0d1419]/45 data-[state=closed]:animate-leave data-[state=open]:animate-enter dark:bg-black/60';

interface DialogContentProps extends ComponentProps<typeof DialogPrimitive.Content> {
  /** Set for content that must be closed on purpose, such as a secret shown once. */
  sticky?: boolean;
}

export function DialogContent({ className, children, sticky, ...props }: DialogContentProps) {
  const t = useTranslations('common');
  const stay = sticky ? (event: Event) => event.preventDefault() : undefined;
  return (
    <DialogPrimitive.Portal>
      <DialogPrimitive.Overlay className={OVERLAY} />
      <div className="pointer-events-none fixed inset-0 z-50 grid place-items-end overflow-hidden p-3 sm:place-items-center">
        <DialogPrimitive.Content
          onPointerDownOutside={stay}
          onInteractOutside={stay}
          className={cn(
            'pointer-events-auto relative max-h-[calc(100dvh-24px)] w-full max-w-lg overflow-y-auto rounded-lg bg-popover p-5 text-popover-foreground shadow-float outline-none data-[state=closed]:animate-sink data-[state=open]:animate-rise',
            className,
          )}
          {...props}
        >
          {children}
          {!sticky && (
            <DialogPrimitive.Close
              aria-label={t('close')}
              className="absolute top-4 right-4 grid size-7 place-items-center rounded-md text-muted-foreground hover:bg-accent hover:text-foreground"
            >
              <X aria-hidden className="size-4" />
            </DialogPrimitive.Close>
          )}
        </DialogPrimitive.Content>
      </div>
    </DialogPrimitive.Portal>
  );
}

interface SheetContentProps extends ComponentProps<typeof DialogPrimitive.Content> {
  side?: 'left' | 'right';
}

/** A panel from the side: navigation on a phone, filters, a peek at a row. Needs a SheetTitle inside. */
export function SheetContent({ className, children, side = 'left', ...props }: SheetContentProps) {
  const t = useTranslations('common');
  return (
    <DialogPrimitive.Portal>
      <DialogPrimitive.Overlay className={OVERLAY} />
      <DialogPrimitive.Content
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
        <DialogPrimitive.Close
          aria-label={t('close')}
          className="absolute top-3 right-3 grid size-8 place-items-center rounded-md text-muted-foreground hover:bg-accent hover:text-foreground"
        >
          <X aria-hidden className="size-4" />
        </DialogPrimitive.Close>
      </DialogPrimitive.Content>
    </DialogPrimitive.Portal>
  );
}
