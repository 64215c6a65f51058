'use client';

import { Code } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle, DialogTrigger } from '@/components/ui/dialog';
import type { ChatBody } from './build-body';
import { CodeTabs } from './code-tabs';

/** The call the first column makes next, as code. */
export function CodeDialog({ baseUrl, body }: { baseUrl: string; body: () => ChatBody }) {
  const t = useTranslations('playground');
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="outline">
          <Code aria-hidden />
          {t('viewCode')}
        </Button>
      </DialogTrigger>
      <DialogContent className="max-w-2xl">
        <DialogHeader>
          <DialogTitle>{t('viewCode')}</DialogTitle>
          <DialogDescription>{t('codeLead')}</DialogDescription>
        </DialogHeader>
        {open && <CodeTabs baseUrl={baseUrl} body={body()} />}
      </DialogContent>
    </Dialog>
  );
}
