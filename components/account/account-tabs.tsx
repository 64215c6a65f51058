'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { tabClasses } from '@/components/ui/tabs';

const TABS = ['profile', 'security', 'preferences'] as const;

export function AccountTabs() {
  const t = useTranslations('account');
  const pathname = usePathname();
  return (
    <nav aria-label={t('title')} className="-mt-2 mb-6 flex gap-4 overflow-x-auto border-b [scrollbar-width:none]">
      {TABS.map((tab) => (
        <Link key={tab} href={`/account/${tab}`} aria-current={pathname === `/account/${tab}` ? 'page' : undefined} className={tabClasses}>
          {t(`tabs.${tab}`)}
        </Link>
      ))}
    </nav>
  );
}
