'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { type DisplayCurrency, IN_DOLLARS, showMoneyIn } from '@/lib/format/money';
import { cn } from '@/components/ui/cn';
import { Mark } from './mark';

/** What pages show of the operator's own product. */
export interface Product {
  name: string;
  /** Address of the operator's logo; null: our mark. */
  logo: string | null;
  currency: DisplayCurrency;
}

const Context = createContext<Product>({ name: 'Fairlead', logo: null, currency: IN_DOLLARS });

export function ProductProvider({ product, children }: { product: Product; children: ReactNode }) {
  // While rendering, not after: what stands below is drawn next and formats amounts.
  showMoneyIn(product.currency);
  return <Context value={product}>{children}</Context>;
}

export function useProduct(): Product {
  return useContext(Context);
}

/** What the product is called: the operator's name for it, or ours. */
export function ProductName() {
  return <span className="max-w-40 truncate">{useProduct().name}</span>;
}

/** The operator's logo, or our mark. Its name always stands beside it, so it says nothing to a screen reader. */
export function ProductMark({ className }: { className?: string }) {
  const { logo } = useProduct();
  if (logo === null) return <Mark className={cn('text-primary', className)} />;
  // biome-ignore lint/performance/noImgElement: a small picture from our own site, which no optimizer makes smaller
  return <img src={logo} alt="" className={cn('rounded-sm object-contain', className)} />;
}
