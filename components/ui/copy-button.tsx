'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Button, type ButtonProps } from './button';
import { copyText } from './copy-text';

interface CopyButtonProps extends Omit<ButtonProps, 'value' | 'onCopy'> {
  value: string;
  /** Replaces "Copy" where several things on a page can be copied. */
  label?: string;
  iconOnly?: boolean;
  onCopied?: () => void;
}

/** Copies `value` and says so, on the button and to screen readers. */
export function CopyButton({ value, label, iconOnly, onCopied, variant = 'outline', size, ...props }: CopyButtonProps) {
  const t = useTranslations('common');
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function copy() {
    if (!(await copyText(value))) return;
    setCopied(true);
    onCopied?.();
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), 2_000);
  }

  const text = copied ? t('copied') : (label ?? (iconOnly ? t('toClipboard') : t('copy')));
  return (
    <Button variant={variant} size={size ?? (iconOnly ? 'icon-sm' : 'md')} onClick={copy} aria-label={iconOnly ? text : undefined} {...props}>
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      {!iconOnly && text}
      <span role="status" className="sr-only">
        {copied ? t('copied') : ''}
      </span>
    </Button>
  );
}
