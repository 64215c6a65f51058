'use client';

import { Command } from 'cmdk';
import { ArrowRight, CirclePlus, Hash, Keyboard, Languages, type LucideIcon, Moon, Sun } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useTheme } from 'next-themes';
import { type ReactNode, useState } from 'react';
import { NAV_ITEMS } from '@/components/shell/nav';
import { useShellActions } from '@/components/shell/shell-actions';
import { Dialog, DialogContent, DialogDescription, DialogTitle } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { QueryProvider } from '@/lib/query/query-provider';
import { useRequestFacets } from '@/lib/query/use-requests';
import { PAGE_LETTERS, pathOfId } from './shortcuts';

interface CommandMenuProps {
  org: string;
  onClose: () => void;
  onShortcuts: () => void;
}

const GROUP =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted-foreground';

/** Pages, actions, keys and models by name, and a jump to whatever id is pasted. */
export default function CommandMenu(props: CommandMenuProps) {
  return (
    <QueryProvider>
      <Menu {...props} />
    </QueryProvider>
  );
}

function Menu({ org, onClose, onShortcuts }: CommandMenuProps) {
  const t = useTranslations('commands');
  const shell = useTranslations('shell');
  const locale = useLocale();
  const router = useRouter();
  const { resolvedTheme, setTheme } = useTheme();
  const { chooseLocale } = useShellActions();
  const facets = useRequestFacets(org);
  const [text, setText] = useState('');
  const target = pathOfId(text);

  const run = (work: () => void) => () => {
    onClose();
    work();
  };
  const go = (path: string) => run(() => router.push(`/${org}${path}`));

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="top-0 max-w-xl self-start overflow-hidden p-0 sm:mt-[12vh]">
        <DialogTitle className="sr-only">{t('title')}</DialogTitle>
        <DialogDescription className="sr-only">{t('hint')}</DialogDescription>
        <Command label={t('title')} loop className="flex max-h-[min(70dvh,460px)] flex-col">
          <Command.Input
            value={text}
            onValueChange={setText}
            placeholder={t('placeholder')}
            className="h-12 w-full border-b bg-transparent pr-12 pl-4 text-base outline-none placeholder:text-muted-foreground"
          />
          <Command.List className="overflow-y-auto p-1.5">
            <Command.Empty className="px-3 py-8 text-center text-sm text-muted-foreground">{t('nothing')}</Command.Empty>
            {target && (
              <Command.Group heading={t('jump')} className={GROUP}>
                <Item icon={Hash} value={text} onSelect={go(target)}>
                  <span className="figures truncate text-sm">{text.trim()}</span>
                </Item>
              </Command.Group>
            )}
            <Command.Group heading={t('pages')} className={GROUP}>
              {NAV_ITEMS.map(({ name, path, icon }) => {
                const letter = PAGE_LETTERS[name];
                return (
                  <Item key={name} icon={icon} value={`${name} ${shell(`nav.${name}`)}`} onSelect={go(path)} keys={letter ? ['g', letter] : undefined}>
                    {shell(`nav.${name}`)}
                  </Item>
                );
              })}
            </Command.Group>
            <Command.Group heading={t('actions')} className={GROUP}>
              <Item icon={CirclePlus} value={`create key ${t('createKey')}`} onSelect={go('/keys?create=true')} keys={['c', 'k']}>
                {t('createKey')}
              </Item>
              <Item
                icon={resolvedTheme === 'dark' ? Sun : Moon}
                value={`theme ${t('theme')}`}
                onSelect={run(() => setTheme(resolvedTheme === 'dark' ? 'light' : 'dark'))}
              >
                {t('theme')}
              </Item>
              <Item icon={Languages} value="language 语言 中文 English" onSelect={run(() => void chooseLocale(locale === 'en' ? 'zh-CN' : 'en'))}>
                <span lang={locale === 'en' ? 'zh-CN' : 'en'}>{locale === 'en' ? '切换到简体中文' : 'Switch to English'}</span>
              </Item>
              <Item icon={Keyboard} value={`shortcuts ${t('shortcuts')}`} onSelect={onShortcuts} keys={['?']}>
                {t('shortcuts')}
              </Item>
            </Command.Group>
            {text.trim() !== '' && facets.data && (
              <Command.Group heading={t('logsOf')} className={GROUP}>
                {facets.data.keys.map(({ id, label }) => (
                  <Item key={id} icon={ArrowRight} value={`${label} ${id}`} onSelect={go(`/logs?key_id=${encodeURIComponent(id)}`)}>
                    {label}
                  </Item>
                ))}
                {facets.data.models.map(({ id, label }) => (
                  <Item key={id} icon={ArrowRight} value={`model ${label}`} onSelect={go(`/logs?model=${encodeURIComponent(id)}`)}>
                    {label}
                  </Item>
                ))}
              </Command.Group>
            )}
          </Command.List>
        </Command>
      </DialogContent>
    </Dialog>
  );
}

function Item({
  icon: Icon,
  value,
  onSelect,
  keys,
  children,
}: {
  icon: LucideIcon;
  value: string;
  onSelect: () => void;
  keys?: string[];
  children: ReactNode;
}) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-9 cursor-default items-center gap-2.5 rounded-md px-2.5 text-base text-foreground data-[selected=true]:bg-accent"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-muted-foreground" strokeWidth={1.75} />
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {keys && (
        <span aria-hidden className="flex gap-1">
          {keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      )}
    </Command.Item>
  );
}
