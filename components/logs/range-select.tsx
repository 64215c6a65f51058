'use client';

import { useTranslations } from 'next-intl';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '@/components/ui/select';
import type { RangeName } from '@/lib/format/time-range';

interface RangeSelectProps {
  value: RangeName | 'custom';
  options: readonly RangeName[];
  onChange: (range: RangeName) => void;
}

/** How far back a view reaches. */
export function RangeSelect({ value, options, onChange }: RangeSelectProps) {
  const t = useTranslations('usage.range');
  return (
    <Select value={value} onValueChange={(range) => range !== 'custom' && onChange(range as RangeName)}>
      <SelectTrigger aria-label={t('label')} className="w-40">
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {options.map((range) => (
          <SelectItem key={range} value={range}>
            {t(range)}
          </SelectItem>
        ))}
        {value === 'custom' && <SelectItem value="custom">{t('custom')}</SelectItem>}
      </SelectContent>
    </Select>
  );
}
