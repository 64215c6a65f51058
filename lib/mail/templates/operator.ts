import type { MailContent, Translate } from '../mail-content';

export interface OperatorProps {
  /** What the operator calls the product. */
  product: string;
  /** What came up, by kind, with the names it concerns. */
  found: readonly { kind: string; names: string }[];
  url: string;
}

export function operator(t: Translate, { product, found, url }: OperatorProps): MailContent {
  return {
    subject: t('operator.subject', { product, count: found.length }),
    heading: t('operator.heading'),
    paragraphs: [t('operator.body')],
    facts: found.map(({ kind, names }) => [t(`operator.kind.${kind}`), names] as const),
    action: { label: t('operator.action'), url },
    footnote: t('operator.footnote'),
  };
}
