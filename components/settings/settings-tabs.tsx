'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { tabClasses } from '@/components/ui/tabs';

const TABS = ['general', 'members', 'billing', 'security', 'privacy', 'api', 'webhooks', 'audit'] as const;

export function SettingsTabs({ slug }: { slug: string }) {
  const t = useTranslations('settings');
  const pathname = usePathname();
  return (
    <nav aria-label={t('title')} className="-mt-2 mb-6 flex gap-4 overflow-x-auto border-b [scrollbar-width:none]">
      {TABS.map((tab) => {
        const href = `/${slug}/settings/${tab}`;
        return (
          <Link key={tab} href={href} aria-current={pathname === href ? 'page' : undefined} className={tabClasses}>
            {t(`tabs.${tab}`)}
          </Link>
        );
      })}
    </nav>
  );
}
