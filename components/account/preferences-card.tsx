'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useTheme } from 'next-themes';
import { useEffect, useState } from 'react';
import { useShellActions } from '@/components/shell/shell-actions';
import { Card, CardContent } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { NativeSelect } from '@/components/ui/native-select';
import { DENSITIES, type Density, DENSITY_COOKIE } from '@/lib/format/density';

const LANGUAGES = { en: 'English', 'zh-CN': '简体中文' } as const;
const THEMES = ['light', 'dark', 'system'] as const;

/** Language, theme and how close rows stand; all apply at once and stay with the browser, the language with the account too. */
export function PreferencesCard({ density: saved }: { density: Density }) {
  const t = useTranslations('account.preferences');
  const shell = useTranslations('shell');
  const locale = useLocale();
  const { chooseLocale } = useShellActions();
  const { theme, setTheme } = useTheme();
  // The server cannot know the theme: it is this browser's.
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  const [density, setDensity] = useState(saved);

  function chooseDensity(wanted: Density) {
    setDensity(wanted);
    document.documentElement.dataset.density = wanted;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
    document.cookie = `${DENSITY_COOKIE}=${wanted}; path=/; max-age=31536000; samesite=lax`;
  }

  return (
    <Card>
      <CardContent className="grid gap-4">
        <Field label={shell('language')} hint={t('languageHint')}>
          <NativeSelect value={locale} onChange={(event) => void chooseLocale(event.target.value)}>
            {Object.entries(LANGUAGES).map(([value, name]) => (
              <option key={value} value={value} lang={value}>
                {name}
              </option>
            ))}
          </NativeSelect>
        </Field>
        <Field label={shell('theme.label')} hint={t('themeHint')}>
          <NativeSelect value={mounted ? theme : 'system'} onChange={(event) => setTheme(event.target.value)}>
            {THEMES.map((value) => (
              <option key={value} value={value}>
                {shell(`theme.${value}`)}
              </option>
            ))}
          </NativeSelect>
        </Field>
        <Field label={t('density')} hint={t('densityHint')}>
          <NativeSelect value={density} onChange={(event) => chooseDensity(event.target.value as Density)}>
            {DENSITIES.map((value) => (
              <option key={value} value={value}>
                {t(`densities.${value}`)}
              </option>
            ))}
          </NativeSelect>
        </Field>
      </CardContent>
    </Card>
  );
}
