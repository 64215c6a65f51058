import { Terminal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { BackLink } from '@/components/patterns/back-link';
import { PageHeader } from '@/components/patterns/page-header';
import { UrlTabs } from '@/components/patterns/url-tabs';
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyButton } from '@/components/ui/copy-button';
import { duration } from '@/lib/format/duration';
import { moneyExact } from '@/lib/format/money';
import type { RequestDetailJson } from '@/lib/query/types';
import { BodyView } from './body-view';
import { Conversation } from './conversation';
import { CostTable } from './cost-table';
import { curlCommand } from './curl-command';
import { RefreshWhile } from './refresh-while';
import { type Replaying, ReplayButton } from './replay-button';
import { bodyFor } from './replay-request';
import { RequestFacts } from './request-facts';
import { Routing } from './routing';
import { Waterfall } from './waterfall';

export const REQUEST_TABS = ['conversation', 'request', 'response', 'routing', 'cost', 'raw'] as const;
export type RequestTab = (typeof REQUEST_TABS)[number];

interface RequestPageProps {
  org: string;
  request: RequestDetailJson;
  tab: RequestTab;
  /** Origin of the API, for the command that sends the request again. */
  baseUrl: string;
  logBodies: boolean;
  /** What sending it again needs; null for who may not call models. */
  replaying: Replaying | null;
}

/** One request from arrival to settlement. */
export function RequestPage({ org, request, tab, baseUrl, logBodies, replaying }: RequestPageProps) {
  const t = useTranslations('request');
  const curl = curlCommand(request, baseUrl);
  return (
    <>
      <PageHeader
        eyebrow={<BackLink href={`/${org}/logs`}>{t('back')}</BackLink>}
        title={<span className="figures text-lg break-all sm:text-xl">{request.id}</span>}
        answer={<Answer request={request} />}
        actions={
          <>
            <CopyButton value={request.id} label={t('copyId')} />
            {curl && <CopyButton value={curl} label={t('copyCurl')} />}
            {replaying && request.status !== 'running' && bodyFor(request, request.requested_model) !== null && (
              <ReplayButton org={org} request={request} replaying={replaying} />
            )}
          </>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {request.error && (
          <Alert variant={request.status === 'refused' ? 'warning' : 'danger'} role="note">
            <AlertTitle>
              <code>{request.error.code}</code>
              <span className="font-normal text-muted-foreground">
                {' '}
                {t('errorFrom', { source: request.error.source === 'provider' ? 'provider' : 'gateway' })}
              </span>
            </AlertTitle>
            {request.error.message && <AlertDescription className="break-words">{request.error.message}</AlertDescription>}
          </Alert>
        )}
        <RequestFacts org={org} request={request} />
        {request.status !== 'running' && <Waterfall request={request} />}
        <UrlTabs label={t('tabs.label')} value={tab} tabs={REQUEST_TABS.map((name) => ({ name, label: t(`tabs.${name}`) }))}>
          <Panel tab={tab} request={request} curl={curl} logBodies={logBodies} />
        </UrlTabs>
      </div>
      <RefreshWhile running={request.status === 'running'} />
    </>
  );
}

/** What stands under the open tab: the others are not even sent. */
function Panel({ tab, request, curl, logBodies }: Pick<RequestPageProps, 'tab' | 'request' | 'logBodies'> & { curl: string | null }) {
  const t = useTranslations('request');
  switch (tab) {
    case 'conversation':
      return <Conversation request={request} logBodies={logBodies} />;
    case 'request':
      return (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <BodyView body={request.bodies.request} title={t('tabs.request')} logBodies={logBodies} />
          {curl && (
            <CodeBlock
              code={curl}
              title={
                <span className="inline-flex items-center gap-1.5">
                  <Terminal aria-hidden className="size-4" />
                  curl
                </span>
              }
              label="curl"
            />
          )}
        </div>
      );
    case 'response':
      return <BodyView body={request.bodies.response} title={t('tabs.response')} logBodies={logBodies} />;
    case 'routing':
      return <Routing request={request} />;
    case 'cost':
      return <CostTable request={request} />;
    case 'raw':
      return <CodeBlock code={JSON.stringify({ ...request, bodies: undefined }, null, 2)} title={t('raw', { id: request.id })} label={t('tabs.raw')} />;
  }
}

/** The request in one sentence. */
function Answer({ request }: { request: RequestDetailJson }) {
  const t = useTranslations('request.answer');
  const values = {
    name: request.alias ?? request.requested_model,
    model: request.model ?? '—',
    provider: request.provider ?? '—',
    time: duration(request.duration_ms),
    cost: moneyExact(request.cost_usd),
    attempts: request.attempt_count,
    status: request.http_status ?? 0,
  };
  if (request.status === 'running') return t('running', values);
  if (request.status === 'completed' || request.status === 'truncated') return t(request.attempt_count > 1 ? 'answeredLate' : 'answered', values);
  if (request.status === 'refused') return t('refused', values);
  return t('failed', values);
}
