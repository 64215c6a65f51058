'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useTheme } from 'next-themes';
import { useEffect, useState } from 'react';
import { useShellActions } from '@/components/shell/shell-actions';
import { Card, CardContent } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { NativeSelect } from '@/components/ui/native-select';

const LANGUAGES = { en: 'English', 'zh-CN': '简体中文' } as const;
const THEMES = ['light', 'dark', 'system'] as const;

/** Language and theme; both apply at once and stay with the browser, the language with the account too. */
export function PreferencesCard() {
  const t = useTranslations('account.preferences');
  const shell = useTranslations('shell');
  const locale = useLocale();
  const { chooseLocale } = useShellActions();
  const { theme, setTheme } = useTheme();
  // The server cannot know the theme: it is this browser's.
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
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
      </CardContent>
    </Card>
  );
}
