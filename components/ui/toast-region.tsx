'use client';

import { useTheme } from 'next-themes';
import { useEffect, useRef } from 'react';
import { Toaster as Sonner, toast } from 'sonner';
import type { ToastMessage } from './toast';

/** Draws the messages. Sonner shows what is said after it stands, so each is handed over in an effect. */
export default function ToastRegion({ messages }: { messages: readonly ToastMessage[] }) {
  const { resolvedTheme } = useTheme();
  const shown = useRef(0);
  useEffect(() => {
    for (const { kind, text } of messages.slice(shown.current)) toast[kind](text);
    shown.current = messages.length;
  }, [messages]);
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      toastOptions={{
        classNames: { toast: '!rounded-lg !border-0 !bg-popover !text-popover-foreground !shadow-float !font-sans', description: '!text-muted-foreground' },
      }}
    />
  );
}
