'use client';

import { HighlightedCode } from '@/components/patterns/highlighted-code';
import { SNIPPET_LANGUAGES, SNIPPET_NAMES } from '@/components/patterns/snippets';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import type { ChatBody } from './build-body';
import { codeOfCall } from './code-of-call';

const GRAMMARS = { curl: 'bash', python: 'python', typescript: 'typescript' } as const;

/** A call as code in three languages, with the key in the environment. */
export function CodeTabs({ baseUrl, body }: { baseUrl: string; body: ChatBody }) {
  return (
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
          <HighlightedCode code={codeOfCall(language, baseUrl, body)} language={GRAMMARS[language]} label={SNIPPET_NAMES[language]} />
        </TabsContent>
      ))}
    </Tabs>
  );
}
