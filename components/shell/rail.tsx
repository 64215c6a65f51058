'use client';

import { LogOut } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { LanguageMenu } from './language-menu';
import { Nav } from './nav';
import { type OrgChoice, OrgSwitcher } from './org-switcher';
import { useShellActions } from './shell-actions';
import { ThemeMenu } from './theme-menu';

export interface RailProps {
  org: OrgChoice & { plan: string };
  orgs: OrgChoice[];
  user: { email: string; name: string | null };
  onNavigate?: () => void;
}

/** What stands in the left rail, and in the sheet on a phone. */
export function Rail({ org, orgs, user, onNavigate }: RailProps) {
  const { signOut } = useShellActions();
  const t = useTranslations('shell');
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <OrgSwitcher current={org} orgs={orgs} />
      <Nav slug={org.slug} plan={org.plan} onNavigate={onNavigate} />
      <div className="grid gap-2 border-t pt-3">
        <Link href="/account/profile" onClick={onNavigate} title={t('account')} className="min-w-0 rounded-md px-2 py-1 transition-colors hover:bg-accent">
          {user.name && <p className="truncate text-sm font-medium">{user.name}</p>}
          <p className="truncate text-xs text-muted-foreground" title={user.email}>
            {user.email}
          </p>
        </Link>
        <div className="flex items-center gap-0.5">
          <form action={signOut} className="mr-auto">
            <Button type="submit" variant="ghost" className="px-2 text-muted-foreground hover:text-foreground">
              <LogOut aria-hidden strokeWidth={1.75} />
              {t('signOut')}
            </Button>
          </form>
          <LanguageMenu />
          <ThemeMenu />
        </div>
      </div>
    </div>
  );
}
