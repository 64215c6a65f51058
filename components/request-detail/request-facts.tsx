import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Milliseconds } from '@/components/logs/request-table';
import { ModelCell, RequestStatus } from '@/components/logs/request-marks';
import { Time } from '@/components/patterns/time';
import { Tokens } from '@/components/patterns/tokens';
import { Badge } from '@/components/ui/badge';
import { moneyExact } from '@/lib/format/money';
import type { AttemptJson, RequestDetailJson } from '@/lib/query/types';
import { useOutcome } from './use-outcome';

/** Who called what, who answered, what it took and what it cost: with every digit. */
export function RequestFacts({ org, request }: { org: string; request: RequestDetailJson }) {
  const t = useTranslations('request.facts');
  const { usage } = request;
  const logs = `/${org}/logs`;
  return (
    <dl className="grid grid-cols-2 overflow-hidden rounded-lg border bg-border gap-px md:grid-cols-4">
      <Fact name={t('status')}>
        <span className="flex flex-wrap items-center gap-1.5">
          <RequestStatus request={request} />
          {request.finish_reason && <span className="figures text-xs text-muted-foreground">{request.finish_reason}</span>}
          {request.stream && <Badge variant="outline">{t('stream')}</Badge>}
          {request.sample && <Badge variant="info">{t('sample')}</Badge>}
          {request.fund === 'demo' && <Badge variant="info">{t('demo')}</Badge>}
        </span>
      </Fact>
      <Fact name={t('cost')}>
        <span className="figures text-lg">{moneyExact(request.cost_usd)}</span>
      </Fact>
      <Fact name={t('firstToken')}>
        <span className="text-lg">
          <Milliseconds value={request.ttft_ms} />
        </span>
      </Fact>
      <Fact name={t('total')}>
        <span className="text-lg">
          <Milliseconds value={request.duration_ms} />
        </span>
      </Fact>
      <Fact name={t('model')} wide>
        <ModelCell request={request} />
        {request.provider && (
          <Link href={`${logs}?provider=${encodeURIComponent(request.provider)}`} className="figures text-xs text-muted-foreground hover:underline">
            @ {request.provider}
          </Link>
        )}
      </Fact>
      <Fact name={t('tokens')} wide>
        <span className="flex flex-wrap gap-x-4 gap-y-0.5">
          <Count name={t('input')} value={usage.input_tokens} />
          {(usage.cached_input_tokens ?? 0) > 0 && <Count name={t('cached')} value={usage.cached_input_tokens} />}
          {(usage.cache_write_tokens ?? 0) > 0 && <Count name={t('cacheWrite')} value={usage.cache_write_tokens} />}
          <Count name={t('output')} value={usage.output_tokens} />
          {(usage.reasoning_tokens ?? 0) > 0 && <Count name={t('reasoning')} value={usage.reasoning_tokens} />}
          {request.usage_source === 'estimated' && <Badge variant="warning">{t('estimated')}</Badge>}
        </span>
      </Fact>
      <Fact name={t('attempts')} wide>
        <span className="text-sm">
          {t('attemptsText', {
            count: request.attempt_count,
            retries: request.attempts.filter(({ reason }) => reason === 'retry').length,
            fallback: String(request.fallback),
          })}
        </span>
      </Fact>
      <Fact name={t('providerSaid')} wide>
        <ProviderSaid attempts={request.attempts} />
      </Fact>
      <Fact name={t('when')}>
        <Time iso={request.created_at} format="log" className="text-sm" />
      </Fact>
      <Fact name={t('key')}>
        <Link href={`${logs}?key_id=${request.key_id}`} className="truncate hover:underline">
          {request.key_name ?? request.key_id} {request.key_last4 && <span className="figures text-xs text-muted-foreground">…{request.key_last4}</span>}
        </Link>
      </Fact>
      <Fact name={t('user')}>
        {request.user ? (
          <Link href={`${logs}?user=${encodeURIComponent(request.user)}`} className="figures truncate text-sm hover:underline">
            {request.user}
          </Link>
        ) : (
          <None />
        )}
      </Fact>
      <Fact name={t('tags')}>
        {Object.keys(request.tags).length === 0 ? (
          <None />
        ) : (
          <span className="flex flex-wrap gap-1">
            {Object.entries(request.tags).map(([name, value]) => (
              <Link
                key={name}
                href={`${logs}?tag=${encodeURIComponent(`${name}=${value}`)}`}
                className="figures rounded-sm bg-secondary px-1.5 text-xs leading-5 hover:bg-accent"
              >
                {name}={value}
              </Link>
            ))}
          </span>
        )}
      </Fact>
      {(request.client || request.session) && (
        <Fact name={t('client')} full>
          <span className="figures text-xs break-all text-muted-foreground">
            {request.client}
            {request.session && (
              <>
                {' '}
                ·{' '}
                <Link href={`${logs}?session=${encodeURIComponent(request.session)}`} className="hover:underline">
                  {t('session')} {request.session}
                </Link>
              </>
            )}
          </span>
        </Fact>
      )}
    </dl>
  );
}

/** The last thing a provider answered, and its words where it objected. */
function ProviderSaid({ attempts }: { attempts: readonly AttemptJson[] }) {
  const outcomeOf = useOutcome();
  const last = attempts.at(-1);
  if (!last) return <None />;
  const objection = attempts.findLast(({ error_message }) => error_message !== null);
  return (
    <span className="block min-w-0 text-sm">
      <span className="figures">{last.status ?? ''}</span> {outcomeOf(last.outcome)}
      {objection && (
        <span className="block truncate text-xs text-muted-foreground" title={objection.error_message ?? undefined}>
          {objection.provider}: {objection.error_message}
        </span>
      )}
    </span>
  );
}

function Fact({ name, wide, full, children }: { name: string; wide?: boolean; full?: boolean; children: ReactNode }) {
  return (
    <div className={`grid min-w-0 content-start gap-0.5 bg-surface px-3 py-2.5 ${full ? 'col-span-full' : wide ? 'col-span-2' : ''}`}>
      <dt className="text-xs text-muted-foreground">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function Count({ name, value }: { name: string; value: number | null }) {
  return (
    <span className="whitespace-nowrap">
      <Tokens value={value} /> <span className="text-xs text-muted-foreground">{name}</span>
    </span>
  );
}

function None() {
  return <span className="text-muted-foreground">—</span>;
}
