'use client';

import { Check, ChevronsUpDown } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuLabel, DropdownMenuTrigger } from '@/components/ui/dropdown-menu';

export interface OrgChoice {
  slug: string;
  name: string;
}

export function OrgSwitcher({ current, orgs }: { current: OrgChoice; orgs: OrgChoice[] }) {
  const t = useTranslations('shell');
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={t('switchOrg', { name: current.name })}
        className="flex h-10 w-full items-center gap-2.5 rounded-md px-2 text-left transition-colors hover:bg-accent data-[state=open]:bg-accent"
      >
        <Initial name={current.name} />
        <span className="min-w-0 flex-1 truncate text-base font-medium">{current.name}</span>
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-(--radix-dropdown-menu-trigger-width)">
        <DropdownMenuLabel>{t('organizations')}</DropdownMenuLabel>
        {orgs.map((org) => (
          <DropdownMenuItem key={org.slug} asChild>
            <Link href={`/${org.slug}`} aria-current={org.slug === current.slug ? 'true' : undefined}>
              <span className="min-w-0 flex-1 truncate">{org.name}</span>
              {org.slug === current.slug && <Check aria-hidden />}
            </Link>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function Initial({ name }: { name: string }) {
  return (
    <span aria-hidden className="grid size-6 shrink-0 place-items-center rounded-md bg-primary text-xs font-semibold text-primary-foreground">
      {[...name.trim()][0]?.toUpperCase() ?? '·'}
    </span>
  );
}
