'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { tabClasses } from '@/components/ui/tabs';
import { KEY_TABS, type KeyTab } from './key-tab-names';

/** The parts of a key's page, each at an address of its own. */
export function KeyTabs({ org, id, name, open }: { org: string; id: string; name: string; open: KeyTab }) {
  const t = useTranslations('keys.detail.tab');
  return (
    <nav aria-label={name} className="flex gap-4 overflow-x-auto border-b [scrollbar-width:none]">
      {KEY_TABS.map((tab) => (
        <Link key={tab} href={`/${org}/keys/${id}${tab === 'overview' ? '' : `?tab=${tab}`}`} aria-current={tab === open ? 'page' : undefined} className={tabClasses}>
          {t(tab)}
        </Link>
      ))}
    </nav>
  );
}
