'use client';

import { diffWordsWithSpace } from 'diff';
import { useLocale, useTranslations } from 'next-intl';

interface TextDiffProps {
  before: string;
  after: string;
}

/** Beyond this many characters a word diff costs more than it tells. */
const LONGEST = 60_000;

/** One text against another, word by word; what only one of them has is marked by sign, line and colour. */
export function TextDiff({ before, after }: TextDiffProps) {
  const t = useTranslations('compare');
  const locale = useLocale();
  if (before === after) return <p className="max-w-[80ch] text-base break-words whitespace-pre-wrap">{after || t('noText')}</p>;
  if (before.length + after.length > LONGEST) return <p className="max-w-[80ch] text-base break-words whitespace-pre-wrap">{after}</p>;
  // Chinese has no blanks between words: the segmenter of the language finds them.
  const parts = diffWordsWithSpace(before, after, { intlSegmenter: new Intl.Segmenter(locale, { granularity: 'word' }) });
  return (
    <p className="max-w-[80ch] text-base break-words whitespace-pre-wrap">
      {parts.map((part, at) =>
        part.added ? (
          <ins key={at} className="rounded-sm bg-success-soft text-success underline decoration-success/60 underline-offset-2">
            {part.value}
          </ins>
        ) : part.removed ? (
          <del key={at} className="rounded-sm bg-danger-soft text-danger decoration-danger/60">
            {part.value}
          </del>
        ) : (
          part.value
        ),
      )}
    </p>
  );
}
