import { Brain, Paperclip, Wrench } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn';
import type { RequestDetailJson } from '@/lib/query/types';
import { BodyMissing } from './body-view';
import { readConversation, type Turn } from './read-conversation';

const ROLES = ['system', 'developer', 'user', 'assistant', 'tool'] as const;

/** The messages that were sent and the answer, put together from the bodies as they went over the wire. */
export function Conversation({ request, logBodies }: { request: RequestDetailJson; logBodies: boolean }) {
  const t = useTranslations('request.conversation');
  const { bodies } = request;
  if (!bodies.request && !bodies.response) return <BodyMissing logBodies={logBodies} />;
  const turns = readConversation(bodies.request?.text, bodies.response?.text);
  if (!turns) return <p className="text-base text-muted-foreground">{t('unreadable')}</p>;
  return (
    <div className="grid gap-3">
      {(bodies.request?.truncated || bodies.response?.truncated) && <p className="text-sm text-muted-foreground">{t('cut')}</p>}
      <ol className="grid gap-3">
        {turns.map((turn, at) => (
          <li key={at}>
            <TurnView turn={turn} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function TurnView({ turn }: { turn: Turn }) {
  const t = useTranslations('request.conversation');
  const role = ROLES.find((known) => known === turn.role);
  return (
    <article className={cn('rounded-lg border p-3', turn.role === 'assistant' ? 'border-l-2 border-l-primary bg-surface' : 'bg-surface-muted/60')}>
      <h3 className="mb-1 text-xs font-medium text-muted-foreground">{role ? t(`roles.${role}`) : turn.role}</h3>
      {turn.reasoning && (
        <details className="mb-2 rounded-md border border-dashed px-3 py-2 text-sm">
          <summary className="flex items-center gap-1.5 text-muted-foreground">
            <Brain aria-hidden className="size-3.5" />
            {t('reasoning')}
          </summary>
          <p className="mt-2 whitespace-pre-wrap text-muted-foreground">{turn.reasoning}</p>
        </details>
      )}
      {turn.text && <p className="max-w-[80ch] text-base break-words whitespace-pre-wrap">{turn.text}</p>}
      {turn.toolCalls.map((call, at) => (
        <div key={at} className="mt-2 grid gap-1 rounded-md border px-3 py-2 text-sm">
          <span className="flex items-center gap-1.5">
            <Wrench aria-hidden className="size-3.5 text-muted-foreground" />
            {t('called')} <code>{call.name}</code>
          </span>
          <code className="break-all text-muted-foreground">{call.arguments}</code>
        </div>
      ))}
      {turn.attachments.length > 0 && (
        <p className="mt-2 flex items-center gap-1.5 text-sm text-muted-foreground">
          <Paperclip aria-hidden className="size-3.5" />
          {turn.attachments.join(', ')}
        </p>
      )}
      {!turn.text && !turn.reasoning && turn.toolCalls.length === 0 && turn.attachments.length === 0 && (
        <p className="text-sm text-muted-foreground">{t('nothing')}</p>
      )}
    </article>
  );
}
