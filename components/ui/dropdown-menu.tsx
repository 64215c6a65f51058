'use client';

import { Slot } from 'radix-ui';
import { type ComponentProps, createContext, type KeyboardEvent, type MouseEvent, type ReactNode, use, useEffect, useState } from 'react';
import { onDemand, useOnDemand } from './on-demand';

type Parts = typeof import('./dropdown-menu-parts');

const parts = onDemand<Parts>(() => import('./dropdown-menu-parts'));

interface Menu {
  /** Null until the menu was opened for the first time: before that there is only its button. */
  parts: Parts | null;
  open(by: 'pointer' | 'keyboard'): void;
}

const Context = createContext<Menu | null>(null);

function useMenu(): Menu {
  const menu = use(Context);
  if (!menu) throw new Error('A part of a menu stands outside of it');
  return menu;
}

function useParts(): Parts {
  const { parts } = useMenu();
  if (!parts) throw new Error('A part of a menu stands outside of its content');
  return parts;
}

/** A menu whose workings load after the page. Its button is there from the first paint, and a press of it is never lost. */
export function DropdownMenu({ children }: { children: ReactNode }) {
  const [openedBy, setOpenedBy] = useState<'pointer' | 'keyboard' | null>(null);
  const [isOpen, setOpen] = useState(false);
  const loaded = useOnDemand(parts, openedBy !== null);
  const menu: Menu = {
    parts: loaded,
    open: (by) => {
      setOpenedBy(by);
      setOpen(true);
    },
  };
  useEffect(() => {
    if (!loaded || openedBy !== 'keyboard') return;
    // The library puts the focus on the first item by itself only when it saw the key that opened the menu. Items stand a frame later.
    const frame = requestAnimationFrame(() =>
      document.querySelector<HTMLElement>('[role=menu][data-state=open] [role^=menuitem]:not([data-disabled])')?.focus(),
    );
    return () => cancelAnimationFrame(frame);
  }, [loaded, openedBy]);
  return (
    <Context value={menu}>
      {loaded ? (
        <loaded.DropdownMenu open={isOpen} onOpenChange={setOpen}>
          {children}
        </loaded.DropdownMenu>
      ) : (
        children
      )}
    </Context>
  );
}

export function DropdownMenuTrigger({ asChild, ...props }: ComponentProps<'button'> & { asChild?: boolean }) {
  const { parts, open } = useMenu();
  if (parts) return <parts.DropdownMenuTrigger asChild={asChild} {...props} />;
  const Trigger = asChild ? Slot.Root : 'button';
  return (
    <Trigger
      type="button"
      aria-haspopup="menu"
      aria-expanded={false}
      data-state="closed"
      onClick={({ detail }: MouseEvent) => open(detail === 0 ? 'keyboard' : 'pointer')}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        open('keyboard');
      }}
      {...props}
    />
  );
}

export function DropdownMenuContent(props: ComponentProps<Parts['DropdownMenuContent']>) {
  const { parts } = useMenu();
  return parts && <parts.DropdownMenuContent {...props} />;
}

export function DropdownMenuItem(props: ComponentProps<Parts['DropdownMenuItem']>) {
  const { DropdownMenuItem } = useParts();
  return <DropdownMenuItem {...props} />;
}

export function DropdownMenuCheckboxItem(props: ComponentProps<Parts['DropdownMenuCheckboxItem']>) {
  const { DropdownMenuCheckboxItem } = useParts();
  return <DropdownMenuCheckboxItem {...props} />;
}

export function DropdownMenuRadioGroup(props: ComponentProps<Parts['DropdownMenuRadioGroup']>) {
  const { DropdownMenuRadioGroup } = useParts();
  return <DropdownMenuRadioGroup {...props} />;
}

export function DropdownMenuRadioItem(props: ComponentProps<Parts['DropdownMenuRadioItem']>) {
  const { DropdownMenuRadioItem } = useParts();
  return <DropdownMenuRadioItem {...props} />;
}

export function DropdownMenuLabel(props: ComponentProps<Parts['DropdownMenuLabel']>) {
  const { DropdownMenuLabel } = useParts();
  return <DropdownMenuLabel {...props} />;
}

export function DropdownMenuSeparator(props: ComponentProps<Parts['DropdownMenuSeparator']>) {
  const { DropdownMenuSeparator } = useParts();
  return <DropdownMenuSeparator {...props} />;
}
