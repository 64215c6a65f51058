import { ChevronLeft } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

/** Above the title of a page that belongs to a list: the way back to it. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="inline-flex items-center gap-1 rounded-sm hover:text-foreground">
      <ChevronLeft aria-hidden className="size-4" />
      {children}
    </Link>
  );
}
