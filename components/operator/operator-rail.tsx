'use client';

import { ArrowLeft, LogOut } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { LanguageMenu } from '@/components/shell/language-menu';
import { useShellActions } from '@/components/shell/shell-actions';
import { ThemeMenu } from '@/components/shell/theme-menu';
import { Button } from '@/components/ui/button';
import { OperatorNav } from './operator-nav';

export interface OperatorRailProps {
  email: string;
  /** The operator's own organization, when there is one: the way back to the console. */
  home: { slug: string; name: string } | null;
  onNavigate?: () => void;
}

export function OperatorRail({ email, home, onNavigate }: OperatorRailProps) {
  const t = useTranslations('operator');
  const shell = useTranslations('shell');
  const { signOut } = useShellActions();
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <OperatorNav onNavigate={onNavigate} />
      <div className="grid gap-2 border-t pt-3">
        {home && (
          <Link href={`/${home.slug}`} onClick={onNavigate} className="flex h-8 min-w-0 items-center gap-2.5 rounded-md px-2 text-base text-muted-foreground hover:bg-accent hover:text-foreground">
            <ArrowLeft aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
            <span className="truncate">{t('backTo', { name: home.name })}</span>
          </Link>
        )}
        <p className="truncate px-2 text-xs text-muted-foreground" title={email}>
          {email}
        </p>
        <div className="flex items-center gap-0.5">
          <form action={signOut} className="mr-auto">
            <Button type="submit" variant="ghost" className="px-2 text-muted-foreground hover:text-foreground">
              <LogOut aria-hidden strokeWidth={1.75} />
              {shell('signOut')}
            </Button>
          </form>
          <LanguageMenu />
          <ThemeMenu />
        </div>
      </div>
    </div>
  );
}
