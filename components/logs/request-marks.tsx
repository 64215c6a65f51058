import { RotateCw, Split } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { StatusBadge } from '@/components/patterns/status-badge';
import type { RequestJson } from '@/lib/query/types';

/** How a request ended, as icon and HTTP status; the word where there is no status yet. */
export function RequestStatus({ request }: { request: Pick<RequestJson, 'status' | 'http_status'> }) {
  const t = useTranslations('status');
  return (
    <span title={t(request.status)}>
      <StatusBadge status={request.status} label={request.http_status === null ? undefined : String(request.http_status)} />
      {request.http_status !== null && <span className="sr-only"> {t(request.status)}</span>}
    </span>
  );
}

/** What the client called and who answered: `alias → model`, with marks where it took more than one try. */
export function ModelCell({ request }: { request: Pick<RequestJson, 'alias' | 'model' | 'requested_model' | 'fallback' | 'attempt_count'> }) {
  const t = useTranslations('logs');
  const model = request.model ?? (request.alias ? null : request.requested_model);
  return (
    <span className="figures flex min-w-0 items-center gap-1.5 text-[12.5px]">
      {request.alias && <span className="max-w-[60%] shrink-0 truncate">{request.alias}</span>}
      {request.alias && model && (
        <span className="text-muted-foreground">
          <span aria-hidden>→</span>
          <span className="sr-only">{t('answeredBy')}</span>
        </span>
      )}
      {model && <span className={request.alias ? 'truncate text-muted-foreground' : 'truncate'}>{model}</span>}
      {request.fallback ? (
        <Split role="img" aria-label={t('marks.fallback', { count: request.attempt_count })} className="size-3.5 shrink-0 text-signal" />
      ) : (
        request.attempt_count > 1 && (
          <RotateCw role="img" aria-label={t('marks.retried', { count: request.attempt_count })} className="size-3.5 shrink-0 text-signal" />
        )
      )}
    </span>
  );
}
