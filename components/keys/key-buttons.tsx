'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import type { ModelChoice } from '@/lib/services/welcome/model-choice';
import type { KeyActions, KeyView } from './key-actions';

/** Each is loaded when it is first asked for. */
const EditKeyDialog = dynamic(() => import('./edit-key-dialog').then((module) => module.EditKeyDialog), { ssr: false });
const RotateKeyDialog = dynamic(() => import('./rotate-key-dialog').then((module) => module.RotateKeyDialog), { ssr: false });
const RevokeKeyDialog = dynamic(() => import('./revoke-key-dialog').then((module) => module.RevokeKeyDialog), { ssr: false });

interface KeyButtonsProps {
  org: string;
  view: KeyView;
  models: ModelChoice[];
  baseUrl: string;
  actions: Omit<KeyActions, 'create'>;
}

/** What can be done with a key that still works. */
export function KeyButtons({ org, view, models, baseUrl, actions }: KeyButtonsProps) {
  const t = useTranslations('keys');
  const router = useRouter();
  const [task, setTask] = useState<'edit' | 'rotate' | 'revoke' | null>(null);
  const close = () => setTask(null);
  return (
    <>
      {!view.replacedById && view.kind === 'inference' && (
        <Button variant="outline" onClick={() => setTask('edit')}>
          {t('edit.action')}
        </Button>
      )}
      <Button variant="outline" className="text-danger" onClick={() => setTask('revoke')}>
        {t('revoke.action')}
      </Button>
      {!view.replacedById && <Button onClick={() => setTask('rotate')}>{t('rotate.action')}</Button>}
      {task === 'edit' && <EditKeyDialog org={org} view={view} models={models} update={actions.update} onClose={close} onSaved={() => router.refresh()} />}
      {task === 'rotate' && (
        <RotateKeyDialog
          org={org}
          target={view}
          rotate={actions.rotate}
          baseUrl={baseUrl}
          model={models[0]?.id ?? 'fast-chat'}
          onClose={close}
          onRotated={() => router.refresh()}
        />
      )}
      {task === 'revoke' && (
        <RevokeKeyDialog
          org={org}
          target={view}
          revoke={actions.revoke}
          onClose={close}
          onRevoked={() => {
            toast.success(t('revoke.done'));
            router.refresh();
          }}
        />
      )}
    </>
  );
}
