'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { Label } from '@/components/ui/label';
import { Switch } from '@/components/ui/switch';
import { NAV_ITEMS } from '@/components/shell/nav';
import { useShortcutPreference } from './shortcut-preference';
import { PAGE_LETTERS } from './shortcuts';

const ANYWHERE = [
  ['commands', ['⌘', 'K']],
  ['help', ['?']],
  ['createKey', ['c', 'k']],
] as const;
const LOGS = [
  ['search', ['/']],
  ['next', ['j']],
  ['previous', ['k']],
  ['open', ['↵']],
  ['peek', ['␣']],
  ['select', ['x']],
  ['live', ['.']],
] as const;

/** Every shortcut there is, and the switch that turns the single-key ones off. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('commands');
  const shell = useTranslations('shell');
  const [on, choose] = useShortcutPreference();
  const switchId = useId();
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{t('shortcuts')}</DialogTitle>
          <DialogDescription>{t('shortcutsHint')}</DialogDescription>
        </DialogHeader>
        <div className="grid gap-5 sm:grid-cols-2">
          <Group title={t('anywhere')} rows={ANYWHERE.map(([name, keys]) => [t(`keys.${name}`), keys])} />
          <Group title={t('goTo')} rows={NAV_ITEMS.flatMap(({ name }) => (PAGE_LETTERS[name] ? [[shell(`nav.${name}`), ['g', PAGE_LETTERS[name]]]] : []))} />
          <Group title={shell('nav.logs')} rows={LOGS.map(([name, keys]) => [t(`keys.${name}`), keys])} />
        </div>
        <div className="mt-5 flex items-center justify-between gap-4 border-t pt-4">
          <Label htmlFor={switchId}>{t('enable')}</Label>
          <Switch id={switchId} checked={on} onCheckedChange={choose} />
        </div>
      </DialogContent>
    </Dialog>
  );
}

function Group({ title, rows }: { title: string; rows: [string, readonly string[]][] }) {
  return (
    <section>
      <h3 className="mb-1.5 text-xs text-muted-foreground">{title}</h3>
      <dl className="grid gap-1.5">
        {rows.map(([name, keys]) => (
          <div key={name} className="flex items-center justify-between gap-3">
            <dt className="text-base">{name}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
