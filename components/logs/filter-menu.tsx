'use client';

import { ChevronDown } from 'lucide-react';
import { useLocale } from 'next-intl';
import { Button } from '@/components/ui/button';
import { DropdownMenu, DropdownMenuCheckboxItem, DropdownMenuContent, DropdownMenuTrigger } from '@/components/ui/dropdown-menu';
import { countShort } from '@/lib/format/numbers';

export interface FilterOption {
  id: string;
  label: string;
  requests?: number;
}

interface FilterMenuProps {
  label: string;
  /** Comma-separated, as it stands in the URL. */
  value: string | null;
  options: readonly FilterOption[];
  empty: string;
  onChange: (value: string | null) => void;
}

/** One filter: pick any number of values. What is set and what can be set are both in the menu. */
export function FilterMenu({ label, value, options, empty, onChange }: FilterMenuProps) {
  const locale = useLocale();
  const chosen = value ? value.split(',') : [];
  const unlisted = chosen.filter((id) => !options.some((option) => option.id === id)).map((id) => ({ id, label: id, requests: undefined }));
  const all = [...options, ...unlisted];
  const toggle = (id: string, on: boolean): void => {
    const next = on ? [...chosen, id] : chosen.filter((other) => other !== id);
    onChange(next.length > 0 ? next.join(',') : null);
  };
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" className={chosen.length > 0 ? 'border-primary bg-primary-soft text-primary hover:bg-primary-soft' : undefined}>
          {label}
          {chosen.length > 0 && <span className="figures text-xs">{chosen.length}</span>}
          <ChevronDown aria-hidden className="opacity-60" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="max-w-80 min-w-56">
        {all.length === 0 && <p className="px-2 py-1.5 text-sm text-muted-foreground">{empty}</p>}
        {all.map((option) => (
          <DropdownMenuCheckboxItem
            key={option.id}
            checked={chosen.includes(option.id)}
            onCheckedChange={(on) => toggle(option.id, on === true)}
            onSelect={(event) => event.preventDefault()}
          >
            <span className="min-w-0 flex-1 truncate">{option.label}</span>
            {option.requests !== undefined && <span className="figures text-xs text-muted-foreground">{countShort(option.requests, locale)}</span>}
          </DropdownMenuCheckboxItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
