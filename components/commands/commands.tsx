'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';

// They come only when they are asked for: most pages are left without them.
const CommandMenu = dynamic(() => import('./command-menu'), { ssr: false });
const ShortcutsDialog = dynamic(() => import('./shortcuts-dialog').then((module) => module.ShortcutsDialog), { ssr: false });
/** The keys behind ⌘K bring a library, which comes after everything that is drawn. */
const SingleKeys = dynamic(() => import('./single-keys'), { ssr: false });

type Open = 'commands' | 'shortcuts' | null;

/** ⌘K from the first moment of every page of an organization, and the shortcuts of single keys. */
export function Commands({ org }: { org: string }) {
  const [open, setOpen] = useState<Open>(null);

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

  return (
    <>
      <SingleKeys org={org} isFree={open === null} onShortcuts={() => setOpen('shortcuts')} />
      {open === 'commands' && <CommandMenu org={org} onClose={() => setOpen(null)} onShortcuts={() => setOpen('shortcuts')} />}
      {open === 'shortcuts' && <ShortcutsDialog onClose={() => setOpen(null)} />}
    </>
  );
}
