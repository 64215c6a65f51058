'use client';

import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle, DialogTrigger } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import type { ModelChoice } from '@/lib/services/welcome/model-choice';
import type { CreatedKey, CreateKey } from './key-actions';

/** Loaded with the first opening. */
const CreateKeyForm = dynamic(() => import('./create-key-form').then((module) => module.CreateKeyForm), {
  ssr: false,
  loading: () => <Skeleton className="h-72" />,
});
const KeyCreated = dynamic(() => import('./key-created').then((module) => module.KeyCreated), { ssr: false });

interface CreateKeyDialogProps {
  org: string;
  baseUrl: string;
  models: ModelChoice[];
  create: CreateKey;
  suggestedName?: string;
  /** Told when the key exists, while the dialog still shows it. */
  onCreated?: (key: CreatedKey) => void;
  /** Set while an address or a shortcut asks for the dialog. */
  wanted?: boolean;
  onClosed?: () => void;
  /** Where the page shows the key itself, the dialog only makes it. */
  closeOnCreate?: boolean;
}

export function CreateKeyDialog({ org, baseUrl, models, create, suggestedName, onCreated, wanted = false, onClosed, closeOnCreate }: CreateKeyDialogProps) {
  const t = useTranslations('keys');
  const [open, setOpen] = useState(wanted);
  const [wasWanted, setWasWanted] = useState(wanted);
  if (wasWanted !== wanted) {
    setWasWanted(wanted);
    if (wanted) setOpen(true);
  }
  const [created, setCreated] = useState<CreatedKey | null>(null);
  const [isCopied, setCopied] = useState(false);

  function close() {
    setOpen(false);
    setCreated(null);
    setCopied(false);
    onClosed?.();
  }

  function done(key: CreatedKey) {
    onCreated?.(key);
    if (closeOnCreate) close();
    else setCreated(key);
  }

  return (
    <Dialog open={open} onOpenChange={(next) => (next ? setOpen(true) : close())}>
      <DialogTrigger asChild>
        <Button>
          <Plus aria-hidden />
          {t('create')}
        </Button>
      </DialogTrigger>
      <DialogContent sticky={created !== null} className="max-w-xl" onEscapeKeyDown={(event) => created && !isCopied && event.preventDefault()}>
        {created ? (
          <KeyCreated
            apiKey={created.key}
            name={created.name}
            baseUrl={baseUrl}
            model={created.models?.[0] ?? models[0]?.id ?? 'fast-chat'}
            onCopied={() => setCopied(true)}
            onDone={close}
          />
        ) : (
          <>
            <DialogHeader>
              <DialogTitle>{t('form.title')}</DialogTitle>
              <DialogDescription>{t('form.lead')}</DialogDescription>
            </DialogHeader>
            <CreateKeyForm org={org} models={models} create={create} suggestedName={suggestedName} onCreated={done} onCancel={close} />
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}
