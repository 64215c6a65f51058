'use client';

import { ArrowUpRight, BellRing, Boxes, ChartColumn, FlaskConical, Gauge, KeyRound, LayoutDashboard, type LucideIcon, ScrollText, Settings } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn';

export interface NavItem {
  name: 'overview' | 'logs' | 'usage' | 'keys' | 'budgets' | 'models' | 'playground' | 'alerts' | 'settings';
  path: string;
  icon: LucideIcon;
}

export const NAV_ITEMS: NavItem[] = [
  { name: 'overview', path: '', icon: LayoutDashboard },
  { name: 'logs', path: '/logs', icon: ScrollText },
  { name: 'usage', path: '/usage', icon: ChartColumn },
  { name: 'keys', path: '/keys', icon: KeyRound },
  { name: 'budgets', path: '/budgets', icon: Gauge },
  { name: 'models', path: '/models', icon: Boxes },
  { name: 'playground', path: '/playground', icon: FlaskConical },
  { name: 'alerts', path: '/alerts', icon: BellRing },
  { name: 'settings', path: '/settings', icon: Settings },
];

const linkClasses =
  'flex h-8 items-center gap-2.5 rounded-md px-2 text-base text-muted-foreground transition-colors hover:bg-accent hover:text-foreground aria-[current=page]:bg-accent aria-[current=page]:font-medium aria-[current=page]:text-foreground [&_svg]:size-4';

interface NavProps {
  slug: string;
  /** The plan's name stands beside "Upgrade". */
  plan: string;
  onNavigate?: () => void;
}

/** The organization's pages. */
export function Nav({ slug, plan, onNavigate }: NavProps) {
  const t = useTranslations('shell');
  const pathname = usePathname();
  const root = `/${slug}`;

  const isCurrent = (path: string) => (path === '' ? pathname === root : pathname === root + path || pathname.startsWith(`${root}${path}/`));

  return (
    <nav aria-label={t('nav.label')} className="flex flex-1 flex-col gap-0.5">
      {NAV_ITEMS.map(({ name, path, icon: Icon }) => (
        <Link
          key={name}
          href={path === '/settings' ? `${root}/settings/general` : root + path}
          aria-current={isCurrent(path) ? 'page' : undefined}
          onClick={onNavigate}
          className={linkClasses}
        >
          <Icon aria-hidden strokeWidth={1.75} />
          {t(`nav.${name}`)}
        </Link>
      ))}
      <Link href={`${root}/upgrade`} aria-current={isCurrent('/upgrade') ? 'page' : undefined} onClick={onNavigate} className={cn(linkClasses, 'mt-auto')}>
        <ArrowUpRight aria-hidden strokeWidth={1.75} />
        {t('nav.upgrade')}
        <span className="ml-auto truncate text-xs text-muted-foreground">{plan}</span>
      </Link>
    </nav>
  );
}
