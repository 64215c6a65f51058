'use client';

import { type ComponentProps, createContext, type KeyboardEvent, use, useId, useState } from 'react';
import { cn } from './cn';

interface TabsState {
  id: string;
  value: string;
  choose(value: string): void;
}

const Context = createContext<TabsState | null>(null);

function useTabs(): TabsState {
  const tabs = use(Context);
  if (!tabs) throw new Error('A part of tabs stands outside of them');
  return tabs;
}

interface TabsProps extends Omit<ComponentProps<'div'>, 'defaultValue'> {
  /** Left out: the tabs remember by themselves, from `defaultValue` on. */
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
}

/** Tabs after the pattern of the ARIA guide: one stop of the Tab key, arrows, Home and End between them, a tab opens as it is reached. */
export function Tabs({ value, defaultValue = '', onValueChange, ...props }: TabsProps) {
  const id = useId();
  const [own, setOwn] = useState(defaultValue);
  const choose = (next: string) => {
    setOwn(next);
    onValueChange?.(next);
  };
  return (
    <Context value={{ id, value: value ?? own, choose }}>
      <div {...props} />
    </Context>
  );
}

/** Scrolls sideways inside itself when a narrow screen has no room, so the page never does. */
export function TabsList({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      role="tablist"
      aria-orientation="horizontal"
      onKeyDown={moveFocus}
      className={cn('flex gap-4 overflow-x-auto border-b [scrollbar-width:none]', className)}
      {...props}
    />
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]:not(:disabled)')];
  const at = tabs.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowRight: (at + 1) % tabs.length, ArrowLeft: (at - 1 + tabs.length) % tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  tabs[to]?.focus();
}

export const tabClasses =
  'relative -mb-px inline-flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-0.5 text-base font-medium whitespace-nowrap text-muted-foreground transition-colors hover:text-foreground focus-visible:-outline-offset-2 aria-selected:border-primary aria-selected:text-foreground aria-[current=page]:border-primary aria-[current=page]:text-foreground';

export function TabsTrigger({ className, value, ...props }: ComponentProps<'button'> & { value: string }) {
  const tabs = useTabs();
  const isOpen = tabs.value === value;
  const open = () => {
    if (!isOpen) tabs.choose(value);
  };
  return (
    <button
      type="button"
      role="tab"
      id={`${tabs.id}-tab-${value}`}
      aria-selected={isOpen}
      aria-controls={isOpen ? `${tabs.id}-panel-${value}` : undefined}
      tabIndex={isOpen ? 0 : -1}
      onClick={open}
      onFocus={open}
      className={cn(tabClasses, className)}
      {...props}
    />
  );
}

export function TabsContent({ className, value, ...props }: ComponentProps<'div'> & { value: string }) {
  const tabs = useTabs();
  if (tabs.value !== value) return null;
  return (
    <div
      role="tabpanel"
      id={`${tabs.id}-panel-${value}`}
      aria-labelledby={`${tabs.id}-tab-${value}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: from the tab one goes on into its panel
      tabIndex={0}
      className={cn('pt-4', className)}
      {...props}
    />
  );
}
