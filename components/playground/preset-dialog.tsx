'use client';

import { BookMarked } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from '@/components/ui/toast';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { useAction } from '@/components/patterns/use-action';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle, DialogTrigger } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { SavePreset, Settings } from './types';

interface PresetDialogProps {
  org: string;
  model: string;
  settings: Settings;
  /** The name of the preset that was opened, to save its next version. */
  name?: string;
  save: SavePreset;
}

/** Keeps the first column's model with the prompt and parameters under a name. */
export function PresetDialog({ org, model, settings: { system, ...parameters }, name, save }: PresetDialogProps) {
  const t = useTranslations('presets');
  const common = useTranslations('common');
  const action = useAction();
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="outline">
          <BookMarked aria-hidden />
          {t('save')}
        </Button>
      </DialogTrigger>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{t('save')}</DialogTitle>
          <DialogDescription>{t('saveLead', { model })}</DialogDescription>
        </DialogHeader>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            const named = String(new FormData(event.currentTarget).get('name'));
            void action.run(
              () => save(org, { name: named, model, system, parameters }),
              (preset) => {
                setOpen(false);
                toast.success(t('saved', { name: preset.name, version: preset.version }));
              },
            );
          }}
        >
          <ProblemAlert problem={action.problem('name')} />
          <Field label={t('column.name')} hint={t('nameHint')} error={action.problemOf('name')}>
            <Input name="name" required maxLength={80} autoComplete="off" defaultValue={name} autoFocus />
          </Field>
          <DialogFooter className="mt-1 justify-between">
            <Link href={`/${org}/presets`} className="rounded-sm text-sm text-primary underline decoration-primary/40 underline-offset-4 hover:decoration-primary">
              {t('all')}
            </Link>
            <span className="flex gap-2">
              <Button variant="outline" onClick={() => setOpen(false)}>
                {common('cancel')}
              </Button>
              <Button type="submit" pending={action.pending}>
                {common('save')}
              </Button>
            </span>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
