'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { NativeSelect } from '@/components/ui/native-select';

/** A Monday; only its weekday is ever written. */
const MONDAY = Date.UTC(2026, 0, 5);

/** The day a window begins on: a weekday of a week, a day of a month. A month without that day begins on its last. */
export function ResetDay({ period, error }: { period: 'week' | 'month'; error?: string }) {
  const t = useTranslations('budgets.form');
  const locale = useLocale();
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  const days = Array.from({ length: period === 'week' ? 7 : 31 }, (_, index) => index + 1);
  return (
    <Field label={t('resetDay')} hint={period === 'month' ? t('resetDayHint') : undefined} error={error}>
      <NativeSelect name="resetDay" defaultValue="1">
        {days.map((day) => (
          <option key={day} value={day}>
            {period === 'week' ? weekday.format(MONDAY + (day - 1) * 86_400_000) : t('dayOfMonth', { day })}
          </option>
        ))}
      </NativeSelect>
    </Field>
  );
}
