'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { CopyButton } from './copy-button';

interface CodeBlockProps {
  code: string;
  /** Marked-up rendering of `code`; the plain text is shown without it. */
  children?: ReactNode;
  /** Shown above the code: a file name, a language. */
  title?: ReactNode;
  /** Names the scroll region for screen readers. */
  label?: string;
  /** What lands on the clipboard when it differs from what is shown. */
  copyValue?: string;
  /** False where a copy button stands elsewhere. */
  copyable?: boolean;
  className?: string;
}

/** Code to read and copy. Long lines scroll inside the block. */
export function CodeBlock({ code, children, title, label, copyValue, copyable = true, className }: CodeBlockProps) {
  const t = useTranslations('common');
  return (
    <figure className={cn('overflow-hidden rounded-lg border bg-surface', className)}>
      {title && (
        <figcaption className="flex h-10 items-center justify-between gap-3 border-b pr-1.5 pl-3 text-sm text-muted-foreground">
          <span className="min-w-0 truncate">{title}</span>
          <CopyButton value={copyValue ?? code} variant="ghost" size="sm" />
        </figcaption>
      )}
      <div className="relative">
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          tabIndex={0}
          role="region"
          aria-label={label ?? t('code')}
          className={cn('overflow-x-auto p-3 text-sm leading-5 focus-visible:-outline-offset-2', !title && copyable && 'pr-12')}
        >
          <code className="text-[12.5px] [overflow-wrap:normal]">{children ?? code}</code>
        </pre>
        {!title && copyable && <CopyButton value={copyValue ?? code} iconOnly className="absolute top-2 right-2" />}
      </div>
    </figure>
  );
}
