'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { listenToToasts, type ToastMessage } from './toast';

const ToastRegion = dynamic(() => import('./toast-region'), { ssr: false });

/** Where messages appear. Nothing is loaded for it until there is one. */
export function Toaster() {
  const [messages, setMessages] = useState<readonly ToastMessage[]>([]);
  useEffect(() => listenToToasts((message) => setMessages((before) => [...before, message])), []);
  return messages.length > 0 ? <ToastRegion messages={messages} /> : null;
}
