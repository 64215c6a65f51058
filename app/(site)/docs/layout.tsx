import type { ReactNode } from 'react';
import { getLocale } from 'next-intl/server';
import { DocsNav } from '@/components/docs/docs-nav';
import { listGuides } from '@/lib/services/docs/guides';

export default async function DocsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 py-8 md:grid-cols-[13rem_minmax(0,1fr)]">
      <DocsNav guides={await listGuides(await getLocale())} />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
