import Link from 'next/link';
import type { ReactNode } from 'react';
import { MobileBar } from './mobile-bar';
import { MoneyNote } from './money-note';
import { ProductMark, ProductName } from './product';
import { Rail, type RailProps } from './rail';
import { SkipLink } from './skip-link';

/** The console: a rail at the left, the page beside it. */
export function Shell({ children, user: { email, name }, ...place }: Omit<RailProps, 'onNavigate'> & { children: ReactNode }) {
  // What goes to the browser is what the rail shows, and nothing else that is known of the person.
  const rail = { ...place, user: { email, name } };
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[232px_minmax(0,1fr)]">
      <SkipLink />
      <aside className="sticky top-0 hidden h-dvh flex-col border-r bg-surface-muted/60 p-3 lg:flex">
        <Link href={`/${rail.org.slug}`} className="mb-3 flex h-8 items-center gap-2 self-start rounded-md px-2 font-semibold">
          <ProductMark className="size-5" />
          <ProductName />
        </Link>
        <Rail {...rail} />
      </aside>
      <div className="min-w-0">
        <MobileBar {...rail} />
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[1280px] px-4 py-6 outline-none sm:px-6 lg:px-8 lg:py-8">
          {children}
          <MoneyNote />
        </main>
      </div>
    </div>
  );
}
