'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '@/components/ui/dropdown-menu';
import { queryString } from '@/lib/query/fetch-json';

/** Downloads every request of the current filter, not only the page that is shown. */
export function ExportMenu({ org, params }: { org: string; params: Record<string, string | number | null> }) {
  const t = useTranslations('logs.export');
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline">
          <Download aria-hidden />
          {t('button')}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {(['csv', 'jsonl'] as const).map((format) => (
          <DropdownMenuItem key={format} asChild>
            <a href={`/api/console/${org}/requests/export${queryString({ ...params, format })}`} download>
              {t(format)}
            </a>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
