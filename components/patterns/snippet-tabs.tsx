'use client';

import { useTranslations } from 'next-intl';
import { Fragment, useState } from 'react';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyButton } from '@/components/ui/copy-button';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { SNIPPET_LANGUAGES, SNIPPET_NAMES, type SnippetInput, type SnippetLanguage, writeSnippet } from './snippets';

/** The same call in three languages. Prompt: the reader's language's own greeting unless given. */
export function SnippetTabs({ prompt, ...input }: Omit<SnippetInput, 'prompt'> & { prompt?: string }) {
  const t = useTranslations('snippets');
  const [language, setLanguage] = useState<SnippetLanguage>('curl');
  const full = { ...input, prompt: prompt ?? t('prompt') };
  return (
    <Tabs value={language} onValueChange={(value) => setLanguage(value as SnippetLanguage)}>
      <div className="flex items-center border-b">
        <TabsList aria-label={t('label')} className="flex-1 border-b-0">
          {SNIPPET_LANGUAGES.map((name) => (
            <TabsTrigger key={name} value={name} className="mb-0">
              {SNIPPET_NAMES[name]}
            </TabsTrigger>
          ))}
        </TabsList>
        <CopyButton value={writeSnippet(language, full)} iconOnly variant="ghost" />
      </div>
      {SNIPPET_LANGUAGES.map((name) => {
        const code = writeSnippet(name, full);
        return (
          <TabsContent key={name} value={name} className="pt-3">
            <CodeBlock code={code} label={SNIPPET_NAMES[name]} copyable={false}>
              <Marked code={code} />
            </CodeBlock>
          </TabsContent>
        );
      })}
    </Tabs>
  );
}

const STRING = /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/;

/** Strings stand out, since they are what one changes; everything else stays quiet. */
export function Marked({ code }: { code: string }) {
  return code.split(STRING).map((part, index) =>
    index % 2 === 1 ? (
      <span key={index} className="text-primary">
        {part}
      </span>
    ) : (
      <Fragment key={index}>{part}</Fragment>
    ),
  );
}
