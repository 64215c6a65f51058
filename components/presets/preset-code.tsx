'use client';

import { useTranslations } from 'next-intl';
import { HighlightedCode } from '@/components/patterns/highlighted-code';
import { SNIPPET_LANGUAGES, SNIPPET_NAMES } from '@/components/patterns/snippets';
import { codeOfCall } from '@/components/playground/code-of-call';
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';

const GRAMMARS = { curl: 'bash', python: 'python', typescript: 'typescript' } as const;

/** How a preset is called from code. */
export function PresetCode({ baseUrl, name, slug, onClose }: { baseUrl: string; name: string; slug: string; onClose: () => void }) {
  const t = useTranslations('presets');
  return (
    <Dialog open onOpenChange={(wanted) => !wanted && onClose()}>
      <DialogContent className="max-w-2xl">
        <DialogHeader>
          <DialogTitle>{t('codeTitle', { name })}</DialogTitle>
          <DialogDescription>{t('codeLead')}</DialogDescription>
        </DialogHeader>
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
              <HighlightedCode
                code={codeOfCall(language, baseUrl, { model: `preset/${slug}`, messages: [{ role: 'user', content: t('codePrompt') }] })}
                language={GRAMMARS[language]}
                label={SNIPPET_NAMES[language]}
              />
            </TabsContent>
          ))}
        </Tabs>
      </DialogContent>
    </Dialog>
  );
}
