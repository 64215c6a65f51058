'use client';

import { Streamdown } from 'streamdown';

/**
 * A model's answer as Markdown. It is text of a stranger: raw HTML stays text, and images are not loaded from elsewhere
 * (the page's content security policy refuses them too), so that an answer cannot send anything out.
 */
export function Markdown({ text, streaming }: { text: string; streaming: boolean }) {
  return (
    <Streamdown mode={streaming ? 'streaming' : 'static'} controls={false} className="prose-answer" components={{ img: ({ alt }) => <span>[{alt}]</span> }}>
      {text}
    </Streamdown>
  );
}
