import { useTranslations } from 'next-intl';
import { Milliseconds } from '@/components/logs/request-table';
import { Badge } from '@/components/ui/badge';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { PRESET_PREFIX } from '@/lib/kernel/preset';
import type { RequestDetailJson } from '@/lib/query/types';
import { LeftOutList } from './left-out-list';
import { useOutcome } from './use-outcome';
import { useRoutingWords } from './use-routing-words';

/** Who was asked, in what order and why, and which targets were considered and left out. */
export function Routing({ request }: { request: RequestDetailJson }) {
  const t = useTranslations('request.routing');
  const words = useRoutingWords();
  const outcomeOf = useOutcome();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <p className="text-base text-muted-foreground">
        {request.requested_model.startsWith(PRESET_PREFIX) && <>{t('byPreset', { preset: request.requested_model })} </>}
        {request.alias ? t('viaAlias', { alias: request.alias, model: request.model ?? '—' }) : t('byModel', { model: request.requested_model })}
      </p>
      <section className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <h3 className="text-base">{t('attempts')}</h3>
        {request.attempts.length === 0 ? (
          <p className="text-base text-muted-foreground">{t('noAttempts')}</p>
        ) : (
          <Table aria-label={t('attempts')}>
            <TableHeader>
              <TableRow className="hover:bg-transparent">
                <TableHead numeric>#</TableHead>
                <TableHead>{t('target')}</TableHead>
                <TableHead>{t('why')}</TableHead>
                <TableHead>{t('outcome')}</TableHead>
                <TableHead>{t('credential')}</TableHead>
                <TableHead>{t('providerId')}</TableHead>
                <TableHead numeric>{t('took')}</TableHead>
              </TableRow>
            </TableHeader>
            <TableBody>
              {request.attempts.map((attempt) => (
                <TableRow key={attempt.index} className="align-top">
                  <TableCell numeric>{attempt.index + 1}</TableCell>
                  <TableCell className="whitespace-nowrap">
                    <span className="figures">{attempt.model}</span>
                    <span className="text-muted-foreground"> @ {attempt.provider}</span>
                  </TableCell>
                  <TableCell>
                    <Badge variant={attempt.reason === 'primary' ? 'default' : 'signal'}>{t(`reasons.${attempt.reason}`)}</Badge>
                    {attempt.chosen && <p className="text-xs text-muted-foreground">{words.chosen(attempt.chosen)}</p>}
                  </TableCell>
                  <TableCell className="min-w-48">
                    <span className={attempt.outcome === 'completed' ? 'text-success' : 'text-danger'}>
                      {attempt.status !== null && <span className="figures">{attempt.status} </span>}
                      {outcomeOf(attempt.outcome)}
                    </span>
                    {attempt.error_message && <p className="max-w-[56ch] text-xs break-words text-muted-foreground">{attempt.error_message}</p>}
                    {attempt.left_for && (
                      <p className="max-w-[56ch] text-xs break-words text-muted-foreground">{t('leftFor', { next: words.leftFor(attempt.left_for) })}</p>
                    )}
                    {attempt.bad_chunks > 0 && <p className="max-w-[56ch] text-xs text-muted-foreground">{t('badChunks', { count: attempt.bad_chunks })}</p>}
                    {attempt.mapped.length > 0 && <Mapped notes={attempt.mapped} />}
                  </TableCell>
                  <TableCell className="figures text-muted-foreground">{attempt.credential_last4 ? `…${attempt.credential_last4}` : '—'}</TableCell>
                  <TableCell className="figures max-w-40 truncate text-xs text-muted-foreground" title={attempt.provider_request_id ?? undefined}>
                    {attempt.provider_request_id ?? '—'}
                  </TableCell>
                  <TableCell numeric>
                    <Milliseconds value={attempt.duration_ms} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </section>
      <section className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <h3 className="text-base">{t('leftOut')}</h3>
        {request.candidates_left_out.length === 0 ? (
          <p className="text-base text-muted-foreground">{t('nobody')}</p>
        ) : (
          <LeftOutList candidates={request.candidates_left_out} />
        )}
      </section>
    </div>
  );
}

/** What this target got in another form than the client wrote. */
function Mapped({ notes }: { notes: RequestDetailJson['mapped'] }) {
  const t = useTranslations('request.routing');
  return (
    <details className="max-w-[56ch] text-xs text-muted-foreground">
      <summary className="cursor-pointer hover:text-foreground">{t('mapped', { count: notes.length })}</summary>
      <ul className="mt-1 grid gap-0.5">
        {notes.map(({ param, did }, at) => (
          <li key={at} className="figures break-words">
            {param}: {did}
          </li>
        ))}
      </ul>
    </details>
  );
}
