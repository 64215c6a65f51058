'use client';

import { ThemeProvider } from 'next-themes';
import type { ReactNode } from 'react';
import { ProductNameProvider } from './product-name';
import { type ShellActions, ShellActionsProvider } from './shell-actions';

/** What every page needs. What only the console needs is in ConsoleProviders: a first visit should not wait for it. */
export function Providers({ actions, product, children }: { actions: ShellActions; product: string; children: ReactNode }) {
  return (
    <ThemeProvider attribute="class" storageKey="theme" defaultTheme="system" enableSystem disableTransitionOnChange>
      <ProductNameProvider name={product}>
        <ShellActionsProvider actions={actions}>{children}</ShellActionsProvider>
      </ProductNameProvider>
    </ThemeProvider>
  );
}
