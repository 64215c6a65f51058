'use client';

import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useShortcutPreference } from '@/components/commands/shortcut-preference';
import { Input } from '@/components/ui/input';
import { Kbd } from '@/components/ui/kbd';

const PAUSE_MS = 350;

/** The search of the logs. `/` puts the cursor in it; what is typed takes effect on Enter or after a pause. */
export function SearchBox({ value, onSearch }: { value: string; onSearch: (text: string) => void }) {
  const t = useTranslations('logs.search');
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [shortcuts] = useShortcutPreference();
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  useEffect(() => {
    const focus = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      if (
        !shortcuts ||
        event.key !== '/' ||
        event.isComposing ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        target.closest('input, textarea, select, [contenteditable], [role=dialog]')
      )
        return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener('keydown', focus);
    return () => {
      document.removeEventListener('keydown', focus);
    };
  }, [shortcuts]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const search = (next: string): void => {
    clearTimeout(timer.current);
    onSearch(next.trim());
  };
  return (
    <form
      role="search"
      className="relative min-w-0 flex-1 basis-72"
      onSubmit={(event) => {
        event.preventDefault();
        search(text);
      }}
    >
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted-foreground" />
      <Input
        ref={field}
        type="search"
        name="q"
        value={text}
        aria-label={t('label')}
        placeholder={t('placeholder')}
        autoComplete="off"
        spellCheck={false}
        className="peer pr-9 pl-8 [&::-webkit-search-cancel-button]:hidden"
        onChange={({ target, nativeEvent }) => {
          setText(target.value);
          clearTimeout(timer.current);
          if (!(nativeEvent as InputEvent).isComposing) timer.current = setTimeout(() => search(target.value), PAUSE_MS);
        }}
        onCompositionEnd={({ currentTarget }) => {
          timer.current = setTimeout(() => search(currentTarget.value), PAUSE_MS);
        }}
        onKeyDown={({ key }) => {
          if (key === 'Escape') field.current?.blur();
        }}
      />
      <Kbd className="pointer-events-none absolute top-1.5 right-2 peer-focus:hidden">/</Kbd>
    </form>
  );
}
