'use client';

import { useLocale, useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn';
import { count, countShort } from '@/lib/format/numbers';

interface TokensProps {
  value: number | null;
  /** Shows the unit, muted, after the figure. */
  unit?: boolean;
  /** Rounds for tight places; the full count is on hover. */
  short?: boolean;
  className?: string;
}

/** A token count. `null` is "not known" and shown as a dash, which is not the same as 0. */
export function Tokens({ value, unit, short, className }: TokensProps) {
  const locale = useLocale();
  const t = useTranslations('common');
  if (value === null) return <span className={cn('figures text-muted-foreground', className)}>—</span>;
  const full = count(value, locale);
  return (
    <span className={cn('figures whitespace-nowrap', className)} title={short ? full : undefined}>
      {short ? countShort(value, locale) : full}
      {unit && <span className="font-sans text-muted-foreground"> {t('tokens', { count: value })}</span>}
    </span>
  );
}
