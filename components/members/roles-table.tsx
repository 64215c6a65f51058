import { Check, Minus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { ROLES } from '@/lib/kernel/roles';

type Reach = 'all' | 'own' | 'none';

/** What each role may do, as lib/services/context.ts decides it. */
const MATRIX: Record<'use' | 'keys' | 'logs' | 'usage' | 'budgets' | 'members' | 'settings' | 'billing', readonly Reach[]> = {
  use: ['all', 'all', 'all', 'none', 'none'],
  keys: ['all', 'all', 'own', 'none', 'none'],
  logs: ['all', 'all', 'all', 'none', 'all'],
  usage: ['all', 'all', 'all', 'all', 'all'],
  budgets: ['all', 'all', 'none', 'none', 'none'],
  members: ['all', 'all', 'none', 'none', 'none'],
  settings: ['all', 'all', 'none', 'none', 'none'],
  billing: ['all', 'all', 'none', 'all', 'none'],
};

export function RolesTable() {
  const t = useTranslations('members');
  return (
    <Table aria-label={t('rights.title')}>
      <TableHeader>
        <TableRow>
          <TableHead>{t('rights.right')}</TableHead>
          {ROLES.map((role) => (
            <TableHead key={role}>{t(`role.${role}`)}</TableHead>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        {Object.entries(MATRIX).map(([right, reaches]) => (
          <TableRow key={right}>
            <th scope="row" className="px-3 py-1.5 text-left font-normal whitespace-nowrap">
              {t(`rights.${right}`)}
            </th>
            {reaches.map((reach, index) => (
              <TableCell key={ROLES[index]}>
                {reach === 'own' ? (
                  t('rights.own')
                ) : (
                  <>
                    {reach === 'all' ? <Check aria-hidden className="size-4 text-success" /> : <Minus aria-hidden className="size-4 text-muted-foreground" />}
                    <span className="sr-only">{t(`rights.${reach === 'all' ? 'yes' : 'no'}`)}</span>
                  </>
                )}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
