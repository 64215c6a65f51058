import type { ReactNode } from 'react';
import { Toaster } from '@/components/ui/toaster';

/** What the pages of the console may rely on: messages at the edge. */
export function ConsoleProviders({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <Toaster />
    </>
  );
}
