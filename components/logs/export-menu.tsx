'use client';

import { Download } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '@/components/ui/dropdown-menu';
import { toast } from '@/components/ui/toast';
import { count } from '@/lib/format/numbers';
import { queryString } from '@/lib/query/fetch-json';

/** Beyond this many rows a file is left to the browser's own download, which keeps it on disk and not in memory. */
const MOST_IN_MEMORY = 200_000;

interface ExportMenuProps {
  org: string;
  params: Record<string, string | number | null>;
  /** How many rows the filter has, where that is known. */
  total: number | undefined;
}

/** Downloads every request of the current filter, not only the page that is shown, and says how far it is. */
export function ExportMenu({ org, params, total }: ExportMenuProps) {
  const t = useTranslations('logs.export');
  const locale = useLocale();
  const running = useRef<AbortController>(null);
  const [rows, setRows] = useState<number | null>(null);
  const address = (format: string): string => `/api/console/${org}/requests/export${queryString({ ...params, format })}`;

  async function start(format: 'csv' | 'jsonl'): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    setRows(0);
    try {
      const { exportRows } = await import('./export-rows');
      await exportRows(address(format), format, controller.signal, (progress) => setRows(progress.rows));
      toast.success(t('done'));
    } catch {
      if (!controller.signal.aborted) toast.error(t('failed'));
    } finally {
      setRows(null);
    }
  }

  if (rows !== null) {
    const share = total ? Math.min(100, Math.round((rows / total) * 100)) : undefined;
    return (
      <div className="flex h-8 items-center gap-2 rounded-md border px-2.5 text-sm">
        <progress className="h-1.5 w-24 accent-primary" value={share} max={100} aria-label={t('progress')} />
        <span className="figures text-xs text-muted-foreground">{t('rows', { rows: count(rows, locale), count: rows })}</span>
        <button type="button" className="rounded-sm text-primary hover:underline" onClick={() => running.current?.abort()}>
          {t('cancel')}
        </button>
      </div>
    );
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline">
          <Download aria-hidden />
          {t('button')}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {(['csv', 'jsonl'] as const).map((format) =>
          (total ?? 0) > MOST_IN_MEMORY ? (
            <DropdownMenuItem key={format} asChild>
              <a href={address(format)} download>
                {t(format)}
              </a>
            </DropdownMenuItem>
          ) : (
            <DropdownMenuItem key={format} onSelect={() => void start(format)}>
              {t(format)}
            </DropdownMenuItem>
          ),
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
