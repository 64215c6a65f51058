'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useProduct } from './product';

/** Names the rate where pages show another currency than the one that is charged. */
export function MoneyNote() {
  const t = useTranslations('shell');
  const format = useFormatter();
  const { currency } = useProduct();
  if (currency.code === 'USD') return null;
  const day = format.dateTime(new Date(`${currency.rateDate}T00:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' });
  return <p className="mt-8 border-t pt-3 text-xs text-muted-foreground">{t('moneyNote', { rate: currency.perUsd, day })}</p>;
}
