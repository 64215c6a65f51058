'use client';

import { useEffect, useState } from 'react';
import { CodeBlock } from '@/components/ui/code-block';
import type { CodeLine, Grammar } from './highlight';

interface HighlightedCodeProps {
  code: string;
  language: Grammar;
  label: string;
}

/** Code in colour. The text stands at once; the highlighter is loaded when there is something to highlight. */
export function HighlightedCode({ code, language, label }: HighlightedCodeProps) {
  const [lines, setLines] = useState<CodeLine[] | null>(null);
  useEffect(() => {
    let isCurrent = true;
    setLines(null);
    import('./highlight')
      .then(({ highlight }) => highlight(code, language))
      .then((found) => isCurrent && setLines(found))
      // Plain text is as good an answer.
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [code, language]);
  return (
    <CodeBlock code={code} label={label}>
      {lines?.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name than their place
        <span key={at}>
          {line.map((token, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: nor have tokens
            <span key={place} className="text-(--light) dark:text-(--dark)" style={token.style}>
              {token.text}
            </span>
          ))}
          {at < lines.length - 1 && '\n'}
        </span>
      ))}
    </CodeBlock>
  );
}
