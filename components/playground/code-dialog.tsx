'use client';

import { Code } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { HighlightedCode } from '@/components/patterns/highlighted-code';
import { SNIPPET_LANGUAGES, SNIPPET_NAMES } from '@/components/patterns/snippets';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle, DialogTrigger } from '@/components/ui/dialog';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import type { ChatBody } from './build-body';
import { codeOfCall } from './code-of-call';

const GRAMMARS = { curl: 'bash', python: 'python', typescript: 'typescript' } as const;

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
        {open && (
          <Tabs defaultValue="curl" className="min-w-0">
            <TabsList>
              {SNIPPET_LANGUAGES.map((language) => (
                <TabsTrigger key={language} value={language}>
                  {SNIPPET_NAMES[language]}
                </TabsTrigger>
              ))}
            </TabsList>
            {SNIPPET_LANGUAGES.map((language) => (
              <TabsContent key={language} value={language}>
                <HighlightedCode code={codeOfCall(language, baseUrl, body())} language={GRAMMARS[language]} label={SNIPPET_NAMES[language]} />
              </TabsContent>
            ))}
          </Tabs>
        )}
      </DialogContent>
    </Dialog>
  );
}
