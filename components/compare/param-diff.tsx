'use client';

import { useTranslations } from 'next-intl';
import { BodyMissing } from '@/components/request-detail/body-view';
import { cn } from '@/components/ui/cn';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import type { RequestDetailJson } from '@/lib/query/types';
import { LETTERS } from './compare-facts';
import { alignParams, readParams } from './read-params';

/** What was sent besides the conversation, parameter by parameter; those that differ are marked and said. */
export function ParamDiff({ requests, logBodies }: { requests: readonly RequestDetailJson[]; logBodies: boolean }) {
  const t = useTranslations('compare');
  const params = requests.map(readParams);
  if (params.every((one) => one === null)) return <BodyMissing logBodies={logBodies} />;
  return (
    <Table aria-label={t('views.params')}>
      <TableHeader>
        <TableRow className="hover:bg-transparent">
          <TableHead>{t('param')}</TableHead>
          {requests.map((request, at) => (
            <TableHead key={request.id}>{LETTERS[at]}</TableHead>
          ))}
          <TableHead>{t('verdict')}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {alignParams(params).map(({ name, values, same }) => (
          <TableRow key={name} className={cn('align-top', !same && 'bg-signal-soft/50')}>
            <TableHead scope="row" className="figures text-sm font-normal text-foreground">
              {name}
            </TableHead>
            {values.map((value, at) => (
              <TableCell key={at} className="figures max-w-96 text-xs break-all">
                {value ?? <span className="text-muted-foreground">{t('absent')}</span>}
              </TableCell>
            ))}
            <TableCell className={same ? 'text-muted-foreground' : 'text-signal'}>{t(same ? 'same' : 'differs')}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
