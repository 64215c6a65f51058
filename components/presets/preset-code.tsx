'use client';

import { useTranslations } from 'next-intl';
import { CodeTabs } from '@/components/playground/code-tabs';
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from '@/components/ui/dialog';

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
        <CodeTabs baseUrl={baseUrl} body={{ model: `preset/${slug}`, messages: [{ role: 'user', content: t('codePrompt') }] }} />
      </DialogContent>
    </Dialog>
  );
}
