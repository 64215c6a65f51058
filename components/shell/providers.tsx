'use client';

import { ThemeProvider } from 'next-themes';
import type { ReactNode } from 'react';
import { type Product, ProductProvider } from './product';
import { type ShellActions, ShellActionsProvider } from './shell-actions';

/** What every page needs. What only the console needs is in ConsoleProviders: a first visit should not wait for it. */
export function Providers({ actions, product, children }: { actions: ShellActions; product: Product; children: ReactNode }) {
  return (
    <ThemeProvider attribute="class" storageKey="theme" defaultTheme="system" enableSystem disableTransitionOnChange>
      <ProductProvider product={product}>
        <ShellActionsProvider actions={actions}>{children}</ShellActionsProvider>
      </ProductProvider>
    </ThemeProvider>
  );
}
