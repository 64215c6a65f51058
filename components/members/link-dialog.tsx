'use client';

import { useTranslations } from 'next-intl';
import { SecretReveal } from '@/components/patterns/secret-reveal';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '@/components/ui/dialog';

/** The link of an invitation, where no mail leaves the installation. */
export function LinkDialog({ link, onClose }: { link: { email: string; url: string } | null; onClose: () => void }) {
  const t = useTranslations('members');
  const common = useTranslations('common');
  return (
    <Dialog open={link !== null} onOpenChange={(open) => !open && onClose()}>
      <DialogContent>
        {link && (
          <>
            <DialogHeader>
              <DialogTitle>{t('invite.sentTitle')}</DialogTitle>
              <DialogDescription>{t('sentTo', { email: link.email })}</DialogDescription>
            </DialogHeader>
            <SecretReveal label={t('link.label')} secret={link.url} hint={t('link.hint')} />
            <DialogFooter>
              <Button onClick={onClose}>{common('close')}</Button>
            </DialogFooter>
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}
