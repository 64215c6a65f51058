'use client';

import { createContext, type ReactNode, useContext } from 'react';

const Context = createContext('Fairlead');

export function ProductNameProvider({ name, children }: { name: string; children: ReactNode }) {
  return <Context value={name}>{children}</Context>;
}

/** What the product is called: the operator's name for it, or ours. */
export function ProductName() {
  return <span className="max-w-40 truncate">{useContext(Context)}</span>;
}
