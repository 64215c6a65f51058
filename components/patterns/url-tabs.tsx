'use client';

import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useOptimistic, useTransition } from 'react';
import { cn } from '@/components/ui/cn';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';

interface UrlTabsProps {
  label: string;
  /** The open tab, as the server read it from `?tab=`. */
  value: string;
  /** In order; the first one is open when the address names none. */
  tabs: readonly { name: string; label: ReactNode }[];
  /** What the server drew for the open tab. */
  children: ReactNode;
}

/** Tabs whose panels the server draws, one at a time: the address names the open one. */
export function UrlTabs({ label, value, tabs, children }: UrlTabsProps) {
  const router = useRouter();
  const pathname = usePathname();
  const [pending, start] = useTransition();
  const [open, setOpen] = useOptimistic(value);
  const choose = (name: string): void =>
    start(() => {
      setOpen(name);
      router.replace(name === tabs[0]?.name ? pathname : `${pathname}?tab=${name}`, { scroll: false });
    });
  return (
    <Tabs value={open} onValueChange={choose}>
      <TabsList aria-label={label}>
        {tabs.map(({ name, label }) => (
          <TabsTrigger key={name} value={name}>
            {label}
          </TabsTrigger>
        ))}
      </TabsList>
      <TabsContent value={open} aria-busy={pending} className={cn(pending && 'opacity-60')}>
        {children}
      </TabsContent>
    </Tabs>
  );
}
