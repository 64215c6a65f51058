'use client';

import { useTranslations } from 'next-intl';
import { NativeSelect } from '@/components/ui/native-select';
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
    <NativeSelect
      aria-label={t('label')}
      className="w-40"
      value={value}
      onChange={({ target }) => target.value !== 'custom' && onChange(target.value as RangeName)}
    >
      {options.map((range) => (
        <option key={range} value={range}>
          {t(range)}
        </option>
      ))}
      {value === 'custom' && <option value="custom">{t('custom')}</option>}
    </NativeSelect>
  );
}
