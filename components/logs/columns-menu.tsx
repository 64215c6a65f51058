'use client';

import { Columns3 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { DropdownMenu, DropdownMenuCheckboxItem, DropdownMenuContent, DropdownMenuTrigger } from '@/components/ui/dropdown-menu';
import { LOG_COLUMNS, type LogColumn } from '@/lib/query/request-view';

/** Which columns the list has. The choice stands in the address and is remembered by this browser. */
export function ColumnsMenu({ shown, onChange }: { shown: readonly LogColumn[]; onChange: (columns: LogColumn[]) => void }) {
  const t = useTranslations('logs');
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" className="max-md:hidden">
          <Columns3 aria-hidden />
          {t('columns')}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {LOG_COLUMNS.map((column) => (
          <DropdownMenuCheckboxItem
            key={column}
            checked={shown.includes(column)}
            onSelect={(event) => event.preventDefault()}
            onCheckedChange={(on) => onChange(LOG_COLUMNS.filter((other) => (other === column ? on : shown.includes(other))))}
          >
            {t(`table.${column}`)}
          </DropdownMenuCheckboxItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
