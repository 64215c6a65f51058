'use client';

import { useTranslations } from 'next-intl';
import { ProviderMark } from '@/components/patterns/provider-mark';
import { RadioGroup, RadioGroupItem } from '@/components/ui/radio-group';
import type { GalleryEntry } from '@/lib/services/operator/providers/gallery';

interface ProviderGalleryProps {
  entries: GalleryEntry[];
  value: string | null;
  onChange: (adapter: string) => void;
  labelledBy: string;
}

/** Every provider we know, by its mark and name; one is chosen. */
export function ProviderGallery({ entries, value, onChange, labelledBy }: ProviderGalleryProps) {
  const t = useTranslations('operatorProviders');
  return (
    <RadioGroup value={value ?? ''} onValueChange={onChange} aria-labelledby={labelledBy} className="grid-cols-1 xs:grid-cols-2 sm:grid-cols-3">
      {entries.map(({ adapter, label, priced }) => (
        <label
          key={adapter}
          htmlFor={`${labelledBy}-${adapter}`}
          className="flex min-w-0 cursor-pointer items-center gap-2.5 rounded-lg border bg-surface p-2.5 transition-colors hover:border-border-strong has-checked:border-primary has-checked:bg-primary-soft"
        >
          <ProviderMark adapter={adapter} className="size-5" />
          <span className="min-w-0 flex-1">
            <span className="block text-sm leading-4 font-medium">{label}</span>
            {priced > 0 && <span className="block text-xs text-muted-foreground">{t('gallery.priced', { count: priced })}</span>}
          </span>
          <RadioGroupItem id={`${labelledBy}-${adapter}`} value={adapter} aria-label={label} />
        </label>
      ))}
    </RadioGroup>
  );
}
