'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Money } from '@/components/patterns/money';
import { Badge } from '@/components/ui/badge';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyButton } from '@/components/ui/copy-button';
import { duration } from '@/lib/format/duration';
import type { Answer } from './types';

/** Loaded with the first answer: a page that nobody asked anything needs no Markdown. */
const Markdown = dynamic(() => import('./markdown').then((module) => module.Markdown));

export function AnswerView({ org, answer, asked }: { org: string; answer: Answer; asked: string }) {
  const t = useTranslations('playground');
  const isOpen = answer.state === 'waiting' || answer.state === 'streaming';
  return (
    <div className="grid min-w-0 gap-2">
      {answer.reasoning && (
        <details className="text-sm text-muted-foreground">
          <summary className="cursor-pointer rounded-sm text-xs">{t('reasoning')}</summary>
          <p className="mt-1 border-l-2 pl-3 whitespace-pre-wrap">{answer.reasoning}</p>
        </details>
      )}
      {answer.text && (
        <div data-answer>
          <Markdown text={answer.text} streaming={isOpen} />
        </div>
      )}
      {answer.toolCalls.map((call, index) => (
        <CodeBlock key={call.id || index} title={t('toolCall', { name: call.name })} label={t('toolCall', { name: call.name })} code={pretty(call.arguments)} />
      ))}
      {answer.state === 'waiting' && <p className="animate-wait text-sm text-muted-foreground">{t('waiting')}</p>}
      {answer.error && (
        <p role="alert" className="text-sm text-danger">
          {answer.error.status > 0 && answer.error.status !== 200 && <span className="figures">{answer.error.status} </span>}
          {answer.error.code && <code className="text-xs">{answer.error.code}</code>} {answer.error.message || t('failed')}
        </p>
      )}
      {!isOpen && <Facts org={org} answer={answer} asked={asked} />}
    </div>
  );
}

/** What the answer cost and how long it took, with the way to its log. */
function Facts({ org, answer, asked }: { org: string; answer: Answer; asked: string }) {
  const t = useTranslations('playground');
  const { costUsd, inputTokens, outputTokens, firstTokenMs, totalMs, requestId, model, state, finishReason } = answer;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted-foreground">
      {state === 'stopped' && <Badge variant="warning">{t('stopped')}</Badge>}
      {finishReason === 'length' && <Badge variant="warning">{t('cutOff')}</Badge>}
      {model && model !== asked && <span>{model}</span>}
      {costUsd !== null && (
        <span>
          {t('cost')} <Money usd={costUsd} exact className="text-foreground" />
        </span>
      )}
      {inputTokens !== null && outputTokens !== null && <span className="figures">{t('tokens', { input: inputTokens, output: outputTokens })}</span>}
      {firstTokenMs !== null && (
        <span>
          {t('firstToken')} <span className="figures">{duration(firstTokenMs)}</span>
        </span>
      )}
      {totalMs !== null && (
        <span>
          {t('total')} <span className="figures">{duration(totalMs)}</span>
        </span>
      )}
      {requestId && (
        <Link href={`/${org}/logs/${requestId}`} className="rounded-sm text-primary underline decoration-primary/40 underline-offset-4 hover:decoration-primary">
          {t('viewLog')}
        </Link>
      )}
      {answer.text && <CopyButton value={answer.text} iconOnly variant="ghost" />}
    </div>
  );
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
