'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';
import { NAV_ITEMS } from '@/components/shell/nav';
import { useShortcutPreference } from './shortcut-preference';
import { PAGE_LETTERS } from './shortcuts';

// Both come only when they are asked for: most pages are left without them.
const CommandMenu = dynamic(() => import('./command-menu'), { ssr: false });
const ShortcutsDialog = dynamic(() => import('./shortcuts-dialog').then((module) => module.ShortcutsDialog), { ssr: false });

type Open = 'commands' | 'shortcuts' | null;

/** ⌘K and `?` on every page of an organization, and `g` with a letter to go to one. */
export default function KeyCommands({ org }: { org: string }) {
  const router = useRouter();
  const [open, setOpen] = useState<Open>(null);
  const [enabled] = useShortcutPreference();

  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      // While an input method composes, its keys belong to it.
      if (event.isComposing || event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      setOpen((now) => (now === 'commands' ? null : 'commands'));
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);

  const single = { enabled: enabled && open === null, ignoreEventWhen: (event: KeyboardEvent) => event.isComposing };
  useHotkeys('?', () => setOpen('shortcuts'), { ...single, enabled: open === null, useKey: true, preventDefault: true });
  useHotkeys(
    Object.values(PAGE_LETTERS).map((letter) => `g>${letter}`),
    (event) => {
      const page = NAV_ITEMS.find(({ name }) => PAGE_LETTERS[name] === event.key.toLowerCase());
      if (page) router.push(`/${org}${page.path}`);
    },
    single,
  );
  useHotkeys('c>k', () => router.push(`/${org}/keys?create=true`), single);

  return (
    <>
      {open === 'commands' && <CommandMenu org={org} onClose={() => setOpen(null)} onShortcuts={() => setOpen('shortcuts')} />}
      {open === 'shortcuts' && <ShortcutsDialog onClose={() => setOpen(null)} />}
    </>
  );
}
