'use client';

import { Columns2 } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { BackLink } from '@/components/patterns/back-link';
import { PageHeader } from '@/components/patterns/page-header';
import { useUrlTab } from '@/components/patterns/use-url-tab';
import { EmptyState } from '@/components/patterns/states';
import { BodyMissing } from '@/components/request-detail/body-view';
import { readConversation, type Turn } from '@/components/request-detail/read-conversation';
import { Button } from '@/components/ui/button';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { duration } from '@/lib/format/duration';
import { moneyExact } from '@/lib/format/money';
import type { RequestDetailJson } from '@/lib/query/types';
import { CompareFacts, LETTERS } from './compare-facts';
import { ParamDiff } from './param-diff';
import { TextDiff } from './text-diff';

const VIEWS = ['answer', 'prompt', 'params'] as const;

interface ComparePageProps {
  org: string;
  requests: readonly RequestDetailJson[];
  /** Ids of the address that lead nowhere. */
  missing: readonly string[];
  logBodies: boolean;
}

/** Two to four requests side by side: figures first, then where their answers, prompts and parameters part. */
export function ComparePage({ org, requests, missing, logBodies }: ComparePageProps) {
  const t = useTranslations('compare');
  const [view, setView] = useUrlTab(VIEWS, 'answer', 'view');
  const [first, ...others] = requests;
  return (
    <>
      <PageHeader
        eyebrow={<BackLink href={`/${org}/logs`}>{t('back')}</BackLink>}
        title={t('title')}
        answer={first && others[0] ? <Answer first={first} other={others[0]} /> : undefined}
      />
      {missing.length > 0 && <p className="mb-4 text-sm text-warning">{t('missing', { ids: missing.join(', '), count: missing.length })}</p>}
      {!first || others.length === 0 ? (
        <EmptyState
          icon={Columns2}
          title={t('empty.title')}
          why={t('empty.why')}
          action={
            <Button asChild>
              <Link href={`/${org}/logs`}>{t('empty.action')}</Link>
            </Button>
          }
        />
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
          <CompareFacts org={org} requests={requests} />
          <Tabs value={view} onValueChange={setView}>
            <TabsList aria-label={t('views.label')}>
              {VIEWS.map((name) => (
                <TabsTrigger key={name} value={name}>
                  {t(`views.${name}`)}
                </TabsTrigger>
              ))}
            </TabsList>
            <TabsContent value="answer">
              <Texts requests={requests} read={answerOf} logBodies={logBodies} />
            </TabsContent>
            <TabsContent value="prompt">
              <Texts requests={requests} read={promptOf} logBodies={logBodies} />
            </TabsContent>
            <TabsContent value="params">
              <ParamDiff requests={requests} logBodies={logBodies} />
            </TabsContent>
          </Tabs>
        </div>
      )}
    </>
  );
}

/** Which of the first two was cheaper and which faster. */
function Answer({ first, other }: { first: RequestDetailJson; other: RequestDetailJson }) {
  const t = useTranslations('compare.answer');
  const values = {
    a: first.model ?? first.requested_model,
    b: other.model ?? other.requested_model,
    costA: moneyExact(first.cost_usd),
    costB: moneyExact(other.cost_usd),
    timeA: duration(first.duration_ms),
    timeB: duration(other.duration_ms),
  };
  return t('both', values);
}

function Texts({
  requests,
  read,
  logBodies,
}: {
  requests: readonly RequestDetailJson[];
  read: (request: RequestDetailJson) => string | null;
  logBodies: boolean;
}) {
  const t = useTranslations('compare');
  const texts = requests.map(read);
  const base = texts[0] ?? null;
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {requests.map((request, at) => (
        <article key={request.id} className="min-w-0 rounded-lg border bg-surface p-4">
          <h3 className="mb-2 flex items-baseline gap-2 text-sm">
            <span className="font-semibold">{LETTERS[at]}</span>
            <span className="figures truncate text-muted-foreground">{request.model ?? request.requested_model}</span>
            {at > 0 && base !== null && texts[at] === base && <span className="ml-auto text-xs text-muted-foreground">{t('same')}</span>}
          </h3>
          {texts[at] === null || texts[at] === undefined ? (
            <BodyMissing logBodies={logBodies} />
          ) : at === 0 || base === null ? (
            <p className="max-w-[80ch] text-base break-words whitespace-pre-wrap">{texts[at] || t('noText')}</p>
          ) : (
            <TextDiff before={base} after={texts[at]} />
          )}
        </article>
      ))}
    </div>
  );
}

function promptOf({ bodies }: RequestDetailJson): string | null {
  if (!bodies.request) return null;
  const turns = readConversation(bodies.request.text, undefined);
  return turns ? turns.map(({ role, text }) => `${role}: ${text}`).join('\n\n') : bodies.request.text;
}

function answerOf({ bodies }: RequestDetailJson): string | null {
  if (!bodies.response) return null;
  const turns = readConversation(undefined, bodies.response.text);
  return turns ? turns.map(textOf).join('\n\n') : bodies.response.text;
}

function textOf({ text, toolCalls }: Turn): string {
  return [text, ...toolCalls.map((call) => `${call.name}(${call.arguments})`)].filter(Boolean).join('\n');
}
