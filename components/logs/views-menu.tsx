'use client';

import { Bookmark, Check, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import { toast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/http/action';
import type { SharedView } from '@/lib/services/requests/shared-views';
import { type SavedView, useSavedViews } from './saved-views';

/** Loaded with the first view that is named. */
const ViewDialog = dynamic(() => import('./view-dialog').then((module) => module.ViewDialog), { ssr: false });

export interface SharedViews {
  views: SharedView[];
  mayShare: boolean;
  share: (org: string, input: { name: string; search: string }) => Promise<ActionResult<SharedView>>;
  remove: (org: string, input: { id: string }) => Promise<ActionResult<{ id: string }>>;
}

/** "Save view" keeps the current filters under a name, for this browser or for everybody; saved ones open from the same menu. */
export function ViewsMenu({ org, shared }: { org: string; shared: SharedViews }) {
  const t = useTranslations('logs.views');
  const router = useRouter();
  const search = useSearchParams();
  const { views, save, remove } = useSavedViews(org);
  const [naming, setNaming] = useState(false);
  const current = new URLSearchParams([...search].filter(([key]) => key !== 'cursor')).toString();
  const open = views.find((view) => view.search === current);
  const openShared = shared.mayShare ? shared.views.find((view) => view.search === current) : undefined;
  const none = views.length === 0 && shared.views.length === 0;

  async function removeShared({ id, name }: SharedView) {
    const result = await shared.remove(org, { id });
    if (result.ok) toast.success(t('removed', { name }));
    else toast.error(t('notRemoved', { name }));
    router.refresh();
  }

  const items = (list: readonly SavedView[]) =>
    list.map((view) => (
      <DropdownMenuItem key={view.name} onSelect={() => router.push(`?${view.search}`)}>
        <span className="min-w-0 flex-1 truncate">{view.name}</span>
        {view.search === current && <Check aria-label={t('current')} className="text-primary!" />}
      </DropdownMenuItem>
    ));
  const button = (
    <Button variant="outline" onClick={none ? () => setNaming(true) : undefined}>
      <Bookmark aria-hidden />
      {none ? t('save') : t('button')}
    </Button>
  );
  return (
    <>
      {none ? (
        button
      ) : (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>{button}</DropdownMenuTrigger>
          <DropdownMenuContent align="end" className="max-h-[70vh] min-w-56 overflow-y-auto">
            {shared.views.length > 0 && <DropdownMenuLabel>{t('shared')}</DropdownMenuLabel>}
            {items(shared.views)}
            {views.length > 0 && <DropdownMenuLabel>{t('saved')}</DropdownMenuLabel>}
            {items(views)}
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
            {openShared && (
              <DropdownMenuItem onSelect={() => void removeShared(openShared)}>
                <Trash2 aria-hidden />
                {t('removeShared', { name: openShared.name })}
              </DropdownMenuItem>
            )}
          </DropdownMenuContent>
        </DropdownMenu>
      )}
      {naming && (
        <ViewDialog
          mayShare={shared.mayShare}
          save={(name) => save({ name, search: current })}
          share={async (name) => {
            const result = await shared.share(org, { name, search: current });
            if (result.ok) router.refresh();
            return result;
          }}
          onClose={() => setNaming(false)}
        />
      )}
    </>
  );
}
