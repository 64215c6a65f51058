'use client';

import { ChevronDown, ChevronUp, X } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useHotkeys } from 'react-hotkeys-hook';
import { readConversation } from '@/components/request-detail/read-conversation';
import { Waterfall } from '@/components/request-detail/waterfall';
import { ErrorState } from '@/components/patterns/states';
import { Time } from '@/components/patterns/time';
import { Tokens } from '@/components/patterns/tokens';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { moneyExact } from '@/lib/format/money';
import { ApiError } from '@/lib/query/fetch-json';
import type { RequestDetailJson } from '@/lib/query/types';
import { useRequest } from '@/lib/query/use-requests';
import { Milliseconds } from './request-columns';
import { ModelCell, RequestStatus } from './request-marks';

interface RequestPeekProps {
  org: string;
  id: string;
  onStep: (by: 1 | -1) => void;
  onClose: () => void;
}

/** One request beside the list: how it ended, what it cost, where its time went, what was asked and answered. The list stays usable. */
export function RequestPeek({ org, id, onStep, onClose }: RequestPeekProps) {
  const t = useTranslations('logs.peek');
  const { data: request, error, refetch } = useRequest(org, id);
  useHotkeys('escape', onClose);
  return (
    <section
      aria-label={t('label')}
      className="fixed inset-y-0 right-0 z-30 flex w-[min(480px,100vw)] animate-enter flex-col border-l bg-popover text-popover-foreground shadow-float"
    >
      <header className="flex items-center gap-1 border-b px-3 py-2">
        <span className="figures min-w-0 flex-1 truncate text-sm text-muted-foreground">{id}</span>
        <Button variant="ghost" size="icon-sm" aria-label={t('previous')} title={`${t('previous')} (k)`} onClick={() => onStep(-1)}>
          <ChevronUp aria-hidden />
        </Button>
        <Button variant="ghost" size="icon-sm" aria-label={t('next')} title={`${t('next')} (j)`} onClick={() => onStep(1)}>
          <ChevronDown aria-hidden />
        </Button>
        <Button asChild size="sm">
          <Link href={`/${org}/logs/${id}`}>{t('open')}</Link>
        </Button>
        <Button variant="ghost" size="icon-sm" aria-label={t('close')} onClick={onClose}>
          <X aria-hidden />
        </Button>
      </header>
      <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto p-4">
        {request ? (
          <Glance request={request} />
        ) : error ? (
          <ErrorState detail={error.message} requestId={error instanceof ApiError ? error.requestId : null} onRetry={() => void refetch()} />
        ) : (
          <Waiting />
        )}
      </div>
    </section>
  );
}

function Glance({ request }: { request: RequestDetailJson }) {
  const t = useTranslations('logs.peek');
  const facts = useTranslations('request.facts');
  const turns = readConversation(request.bodies.request?.text, request.bodies.response?.text) ?? [];
  const asked = turns.findLast(({ role }) => role === 'user');
  const answer = turns.at(-1)?.role === 'assistant' ? turns.at(-1) : undefined;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <RequestStatus request={request} />
        <ModelCell request={request} />
        <Time iso={request.created_at} className="ml-auto text-sm text-muted-foreground" />
      </div>
      {request.error && (
        <Alert variant={request.status === 'refused' ? 'warning' : 'danger'} role="note">
          <AlertTitle className="font-normal break-words">
            <code>{request.error.code}</code> {request.error.message}
          </AlertTitle>
        </Alert>
      )}
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-border text-sm">
        <Fact name={facts('cost')}>
          <span className="figures">{moneyExact(request.cost_usd)}</span>
        </Fact>
        <Fact name={facts('tokens')}>
          <Tokens value={request.usage.input_tokens} /> <span className="text-xs text-muted-foreground">{facts('input')}</span>{' '}
          <Tokens value={request.usage.output_tokens} /> <span className="text-xs text-muted-foreground">{facts('output')}</span>
        </Fact>
        <Fact name={facts('firstToken')}>
          <Milliseconds value={request.ttft_ms} />
        </Fact>
        <Fact name={facts('total')}>
          <Milliseconds value={request.duration_ms} />
        </Fact>
        <Fact name={facts('key')}>{request.key_name ?? `…${request.key_last4}`}</Fact>
        <Fact name={facts('user')}>{request.user ?? '—'}</Fact>
      </dl>
      {request.status !== 'running' && <Waterfall request={request} />}
      {asked && <Excerpt name={t('asked')} text={asked.text} />}
      {answer && <Excerpt name={t('answered')} text={answer.text || answer.toolCalls.map(({ name }) => name).join(', ')} />}
      {!asked && !answer && <p className="text-sm text-muted-foreground">{t('noContent')}</p>}
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0 bg-popover px-3 py-2">
      <dt className="text-xs text-muted-foreground">{name}</dt>
      <dd className="truncate">{children}</dd>
    </div>
  );
}

function Excerpt({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <h3 className="mb-1 text-xs font-medium text-muted-foreground">{name}</h3>
      <p className="line-clamp-6 text-sm break-words whitespace-pre-wrap">{text || '—'}</p>
    </div>
  );
}

function Waiting() {
  return (
    <div aria-busy="true" className="grid gap-4">
      <Skeleton className="h-5 w-2/3" />
      <Skeleton className="h-32 rounded-lg" />
      <Skeleton className="h-48 rounded-lg" />
    </div>
  );
}
