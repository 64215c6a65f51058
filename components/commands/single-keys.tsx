'use client';

import { useRouter } from 'next/navigation';
import { useHotkeys } from 'react-hotkeys-hook';
import { NAV_ITEMS } from '@/components/shell/nav';
import { useShortcutPreference } from './shortcut-preference';
import { PAGE_LETTERS } from './shortcuts';

interface SingleKeysProps {
  org: string;
  /** Nothing is open that the keys belong to. */
  isFree: boolean;
  onShortcuts(): void;
}

/** `?` for the shortcuts, `g` with a letter to go to a page, `c k` for a new key. */
export default function SingleKeys({ org, isFree, onShortcuts }: SingleKeysProps) {
  const router = useRouter();
  const [enabled] = useShortcutPreference();
  const single = { enabled: enabled && isFree, ignoreEventWhen: (event: KeyboardEvent) => event.isComposing };
  useHotkeys('?', onShortcuts, { ...single, enabled: isFree, useKey: true, preventDefault: true });
  useHotkeys(
    Object.values(PAGE_LETTERS).map((letter) => `g>${letter}`),
    (event) => {
      const page = NAV_ITEMS.find(({ name }) => PAGE_LETTERS[name] === event.key.toLowerCase());
      if (page) router.push(`/${org}${page.path}`);
    },
    single,
  );
  useHotkeys('c>k', () => router.push(`/${org}/keys?create=true`), single);
  return null;
}
