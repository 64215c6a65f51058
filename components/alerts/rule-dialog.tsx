'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import type { ChannelView } from '@/lib/services/alerts/channels';
import type { RuleView } from '@/lib/services/alerts/rules';
import type { AlertActions } from './alert-actions';

/** Loaded with the first opening. */
const RuleForm = dynamic(() => import('./rule-form').then((module) => module.RuleForm), {
  ssr: false,
  loading: () => <Skeleton className="h-64" />,
});

interface RuleDialogProps {
  org: string;
  target: RuleView | 'new' | null;
  channels: ChannelView[];
  save: AlertActions['saveRule'];
  onClose: () => void;
  onSaved: () => void;
}

export function RuleDialog({ org, target, channels, save, onClose, onSaved }: RuleDialogProps) {
  const t = useTranslations('alerts.rule');
  return (
    <Dialog open={target !== null} onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-w-xl">
        {target && (
          <>
            <DialogHeader>
              <DialogTitle>{target === 'new' ? t('create') : t('edit')}</DialogTitle>
              <DialogDescription>{t('lead')}</DialogDescription>
            </DialogHeader>
            <RuleForm
              org={org}
              rule={target === 'new' ? null : target}
              channels={channels}
              save={save}
              onCancel={onClose}
              onSaved={() => {
                onSaved();
                onClose();
              }}
            />
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}
