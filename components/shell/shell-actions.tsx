'use client';

import { createContext, type ReactNode, useContext } from 'react';

/** Writes that every page offers. The layout passes them in: components do not reach into the application. */
export interface ShellActions {
  chooseLocale(locale: string): Promise<void>;
  signOut(): Promise<void>;
}

const Context = createContext<ShellActions | null>(null);

export function ShellActionsProvider({ actions, children }: { actions: ShellActions; children: ReactNode }) {
  return <Context value={actions}>{children}</Context>;
}

export function useShellActions(): ShellActions {
  const actions = useContext(Context);
  if (!actions) throw new Error('useShellActions needs a ShellActionsProvider above it');
  return actions;
}
