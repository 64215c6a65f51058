'use client';

import { Slot } from 'radix-ui';
import { type ComponentProps, createContext, type ReactNode, use, useLayoutEffect, useRef, useState } from 'react';
import { cn } from './cn';
import { onDemand, useOnDemand } from './on-demand';

type Parts = typeof import('./dialog-parts');

const parts = onDemand<Parts>(() => import('./dialog-parts'));

interface DialogState {
  isOpen: boolean;
  change(open: boolean): void;
  /** Null until the dialog was opened for the first time. */
  parts: Parts | null;
  giveFocusBack(): void;
}

const Context = createContext<DialogState | null>(null);

function useDialog(): DialogState {
  const dialog = use(Context);
  if (!dialog) throw new Error('A part of a dialog stands outside of it');
  return dialog;
}

function useParts(): Parts {
  const { parts } = useDialog();
  if (!parts) throw new Error('A part of a dialog stands outside of its content');
  return parts;
}

interface DialogProps {
  /** Left out: the dialog opens and closes by itself, with its trigger. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
}

/** A dialog whose workings load after the page, at the latest when it opens. Closed, it gives the focus back to what had it. */
export function Dialog({ open, onOpenChange, children }: DialogProps) {
  const [own, setOwn] = useState(false);
  const isOpen = open ?? own;
  const [wanted, setWanted] = useState(isOpen);
  if (isOpen && !wanted) setWanted(true);
  const before = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    if (isOpen && document.activeElement instanceof HTMLElement) before.current = document.activeElement;
  }, [isOpen]);
  const state: DialogState = {
    isOpen,
    change: (next) => {
      setOwn(next);
      onOpenChange?.(next);
    },
    parts: useOnDemand(parts, wanted),
    giveFocusBack: () => before.current?.focus(),
  };
  return <Context value={state}>{children}</Context>;
}

export function DialogTrigger({ asChild, ...props }: ComponentProps<'button'> & { asChild?: boolean }) {
  const { isOpen, change } = useDialog();
  const Trigger = asChild ? Slot.Root : 'button';
  return <Trigger type="button" aria-haspopup="dialog" aria-expanded={isOpen} onClick={() => change(true)} {...props} />;
}

/** Draws nothing before the first opening; after that the library decides, so that leaving is seen too. */
function useRoot() {
  const { parts, isOpen, change, giveFocusBack } = useDialog();
  const onCloseAutoFocus = (event: Event) => {
    event.preventDefault();
    giveFocusBack();
  };
  return { parts, onCloseAutoFocus, root: { open: isOpen, onOpenChange: change } };
}

export function DialogContent(props: ComponentProps<Parts['DialogContent']>) {
  const { parts, onCloseAutoFocus, root } = useRoot();
  return (
    parts && (
      <parts.DialogRoot {...root}>
        <parts.DialogContent onCloseAutoFocus={onCloseAutoFocus} {...props} />
      </parts.DialogRoot>
    )
  );
}

export function SheetContent(props: ComponentProps<Parts['SheetContent']>) {
  const { parts, onCloseAutoFocus, root } = useRoot();
  return (
    parts && (
      <parts.DialogRoot {...root}>
        <parts.SheetContent onCloseAutoFocus={onCloseAutoFocus} {...props} />
      </parts.DialogRoot>
    )
  );
}

export function DialogClose(props: ComponentProps<Parts['DialogClose']>) {
  const { DialogClose } = useParts();
  return <DialogClose {...props} />;
}

export function DialogHeader({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('mb-4 grid gap-1 pr-8', className)} {...props} />;
}

export function DialogTitle({ className, ...props }: ComponentProps<Parts['DialogTitle']>) {
  const { DialogTitle } = useParts();
  return <DialogTitle className={cn('text-lg font-semibold', className)} {...props} />;
}

export function DialogDescription({ className, ...props }: ComponentProps<Parts['DialogDescription']>) {
  const { DialogDescription } = useParts();
  return <DialogDescription className={cn('text-base text-muted-foreground', className)} {...props} />;
}

export function DialogFooter({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('mt-5 flex flex-wrap items-center justify-end gap-2', className)} {...props} />;
}
