'use client';

import { Menu, Wrench } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { MoneyNote } from '@/components/shell/money-note';
import { ProductMark, ProductName } from '@/components/shell/product';
import { SkipLink } from '@/components/shell/skip-link';
import { Button } from '@/components/ui/button';
import { Sheet, SheetContent, SheetTitle, SheetTrigger } from '@/components/ui/sheet';
import { OperatorRail, type OperatorRailProps } from './operator-rail';

interface OperatorShellProps extends Omit<OperatorRailProps, 'onNavigate'> {
  children: ReactNode;
}

/** The operator's side of the product: like the console, under a bar in the signal colour, so that nobody mistakes one for the other. */
export function OperatorShell({ children, ...rail }: OperatorShellProps) {
  const t = useTranslations('operator');
  const shell = useTranslations('shell');
  const [open, setOpen] = useState(false);
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[232px_minmax(0,1fr)]">
      <SkipLink />
      <aside className="sticky top-0 hidden h-dvh flex-col border-t-4 border-r border-t-signal bg-surface-muted/60 p-3 lg:flex">
        <Link href="/admin" className="mb-3 flex h-8 items-center gap-2 self-start rounded-md px-2 font-semibold">
          <ProductMark className="size-5" />
          <ProductName />
        </Link>
        <OperatorRail {...rail} />
      </aside>
      <div className="min-w-0">
        <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-t-4 border-b border-t-signal bg-background px-3 lg:h-9 lg:px-8">
          <Sheet open={open} onOpenChange={setOpen}>
            <SheetTrigger asChild>
              <Button variant="ghost" size="icon" aria-label={shell('openMenu')} className="lg:hidden">
                <Menu aria-hidden />
              </Button>
            </SheetTrigger>
            <SheetContent>
              <SheetTitle className="mb-3 flex h-8 items-center gap-2 px-2 text-base font-semibold">
                <ProductMark className="size-5" />
                <ProductName />
              </SheetTitle>
              <OperatorRail {...rail} onNavigate={() => setOpen(false)} />
            </SheetContent>
          </Sheet>
          <p className="flex min-w-0 items-center gap-1.5 text-xs font-medium text-signal">
            <Wrench aria-hidden className="size-3.5 shrink-0" />
            <span className="truncate">{t('bar')}</span>
          </p>
        </header>
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[1280px] px-4 py-6 outline-none sm:px-6 lg:px-8">
          {children}
          <MoneyNote />
        </main>
      </div>
    </div>
  );
}
