'use client';

import { Boxes, Building2, CircleAlert, CreditCard, FileCode, Gauge, HeartPulse, History, type LucideIcon, Mail, PiggyBank, Plug, Route, Scale, ScrollText, Settings, ShieldCheck, Tags, Users, Webhook } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';

interface OperatorNavItem {
  /** Key of `operator.nav`. */
  name: string;
  path: string;
  icon: LucideIcon;
}

/** The operator's pages in groups; a new page adds its line here and its name in `messages/<locale>/operator.json`. */
const GROUPS: { name: string; items: OperatorNavItem[] }[] = [
  {
    name: 'watch',
    items: [
      { name: 'overview', path: '/admin', icon: Gauge },
      { name: 'requests', path: '/admin/requests', icon: ScrollText },
      { name: 'errors', path: '/admin/errors', icon: CircleAlert },
      { name: 'health', path: '/admin/health', icon: HeartPulse },
      { name: 'outbox', path: '/admin/outbox', icon: Mail },
    ],
  },
  {
    name: 'route',
    items: [
      { name: 'providers', path: '/admin/providers', icon: Plug },
      { name: 'models', path: '/admin/models', icon: Boxes },
      { name: 'aliases', path: '/admin/aliases', icon: Route },
      { name: 'policy', path: '/admin/policy', icon: ShieldCheck },
    ],
  },
  {
    name: 'sell',
    items: [
      { name: 'plans', path: '/admin/plans', icon: Tags },
      { name: 'budgets', path: '/admin/budgets', icon: PiggyBank },
      { name: 'tenants', path: '/admin/tenants', icon: Building2 },
      { name: 'billing', path: '/admin/billing', icon: CreditCard },
      { name: 'rerate', path: '/admin/rerate', icon: Scale },
      { name: 'webhooks', path: '/admin/webhooks', icon: Webhook },
      { name: 'users', path: '/admin/users', icon: Users },
    ],
  },
  {
    name: 'run',
    items: [
      { name: 'config', path: '/admin/config', icon: FileCode },
      { name: 'audit', path: '/admin/audit', icon: History },
      { name: 'settings', path: '/admin/settings', icon: Settings },
    ],
  },
];

export function OperatorNav({ onNavigate }: { onNavigate?: () => void }) {
  const t = useTranslations('operator.nav');
  const pathname = usePathname();
  const current = useRef<HTMLAnchorElement>(null);
  // More pages than a low window has room for: the one that is open is in sight.
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which React would take for what ends the effect.
    current.current?.scrollIntoView({ block: 'nearest' });
  }, [pathname]);
  const isCurrent = (path: string) => pathname === path || (path !== '/admin' && pathname.startsWith(`${path}/`));
  return (
    <nav aria-label={t('label')} className="grid flex-1 content-start gap-3 overflow-y-auto">
      {GROUPS.map(({ name, items }) => (
        <div key={name} className="grid gap-0.5">
          <p id={`operator-nav-${name}`} className="px-2 pb-1 text-xs text-muted-foreground">
            {t(`groups.${name}`)}
          </p>
          <ul aria-labelledby={`operator-nav-${name}`} className="grid gap-0.5">
            {items.map(({ name: item, path, icon: Icon }) => (
              <li key={item}>
                <Link
                  href={path}
                  ref={isCurrent(path) ? current : undefined}
                  aria-current={isCurrent(path) ? 'page' : undefined}
                  onClick={onNavigate}
                  className="flex h-7 items-center gap-2.5 rounded-md px-2 text-base text-muted-foreground transition-colors hover:bg-accent hover:text-foreground aria-[current=page]:bg-accent aria-[current=page]:font-medium aria-[current=page]:text-foreground [&_svg]:size-4"
                >
                  <Icon aria-hidden strokeWidth={1.75} />
                  {t(item)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
