'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog as DialogPrimitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

export const Dialog = DialogPrimitive.Root;
export const DialogTrigger = DialogPrimitive.Trigger;
export const DialogClose = DialogPrimitive.Close;

interface DialogContentProps extends ComponentProps<typeof DialogPrimitive.Content> {
  /** Set for content that must be closed on purpose, such as a secret shown once. */
  sticky?: boolean;
}

export function DialogContent({ className, children, sticky, ...props }: DialogContentProps) {
  const t = useTranslations('common');
  const stay = sticky ? (event: Event) => event.preventDefault() : undefined;
  return (
    <DialogPrimitive.Portal>
      <DialogPrimitive.Overlay className="fixed inset-0 z-40 bg-[#0d1419]/45 data-[state=closed]:animate-leave data-[state=open]:animate-enter dark:bg-black/60" />
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

export function DialogHeader({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('mb-4 grid gap-1 pr-8', className)} {...props} />;
}

export function DialogTitle({ className, ...props }: ComponentProps<typeof DialogPrimitive.Title>) {
  return <DialogPrimitive.Title className={cn('text-lg font-semibold', className)} {...props} />;
}

export function DialogDescription({ className, ...props }: ComponentProps<typeof DialogPrimitive.Description>) {
  return <DialogPrimitive.Description className={cn('text-base text-muted-foreground', className)} {...props} />;
}

export function DialogFooter({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('mt-5 flex flex-wrap items-center justify-end gap-2', className)} {...props} />;
}
