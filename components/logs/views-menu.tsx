'use client';

import { Bookmark, Check, Trash2 } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogFooter, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { useSavedViews } from './saved-views';

/** "Save view" keeps the current filters under a name; saved ones open from the same menu. */
export function ViewsMenu({ org }: { org: string }) {
  const t = useTranslations('logs.views');
  const router = useRouter();
  const search = useSearchParams();
  const { views, save, remove } = useSavedViews(org);
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState('');
  const current = new URLSearchParams([...search].filter(([key]) => key !== 'cursor')).toString();
  const open = views.find((view) => view.search === current);

  const button = (
    <Button variant="outline" onClick={views.length === 0 ? () => setNaming(true) : undefined}>
      <Bookmark aria-hidden />
      {views.length === 0 ? t('save') : t('button')}
    </Button>
  );
  return (
    <>
      {views.length === 0 ? (
        button
      ) : (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>{button}</DropdownMenuTrigger>
          <DropdownMenuContent align="end" className="min-w-56">
            <DropdownMenuLabel>{t('saved')}</DropdownMenuLabel>
            {views.map((view) => (
              <DropdownMenuItem key={view.name} onSelect={() => router.push(`?${view.search}`)}>
                <span className="min-w-0 flex-1 truncate">{view.name}</span>
                {view.search === current && <Check aria-label={t('current')} className="text-primary!" />}
              </DropdownMenuItem>
            ))}
            <DropdownMenuSeparator />
            <DropdownMenuItem onSelect={() => setNaming(true)}>
              <Bookmark aria-hidden />
              {t('save')}
            </DropdownMenuItem>
            {open && (
              <DropdownMenuItem onSelect={() => remove(open.name)}>
                <Trash2 aria-hidden />
                {t('remove', { name: open.name })}
              </DropdownMenuItem>
            )}
          </DropdownMenuContent>
        </DropdownMenu>
      )}
      <Dialog open={naming} onOpenChange={setNaming}>
        <DialogContent>
          <form
            className="grid gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              if (name.trim() === '') return;
              save({ name: name.trim(), search: current });
              setName('');
              setNaming(false);
            }}
          >
            <DialogHeader>
              <DialogTitle>{t('save')}</DialogTitle>
            </DialogHeader>
            <div className="grid gap-1.5">
              <Label htmlFor="view-name">{t('name')}</Label>
              <Input id="view-name" value={name} maxLength={60} autoFocus onChange={({ target }) => setName(target.value)} />
              <p className="text-xs text-muted-foreground">{t('hint')}</p>
            </div>
            <DialogFooter>
              <Button type="submit">{t('save')}</Button>
            </DialogFooter>
          </form>
        </DialogContent>
      </Dialog>
    </>
  );
}
