'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useActionMessage } from '@/components/patterns/use-action-message';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle, DialogTrigger } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { Textarea } from '@/components/ui/textarea';
import type { RouteTrace } from '@/lib/http/test-route';
import type { AliasDocument } from '@/lib/services/aliases';
import type { AliasItem } from '@/lib/services/config/items';
import type { AliasActions } from './alias-actions';
import { RouteTraceView } from './route-trace-view';

const EXAMPLE = JSON.stringify({ messages: [{ role: 'user', content: 'Hello' }] }, null, 2);

interface TestRouteProps {
  /** What is in the editor, saved or not. */
  item: AliasItem;
  plans: string[];
  testRoute: AliasActions['testRoute'];
}

/** A pasted request, and which way it would go with what is in the editor. No provider is called. */
export function TestRoute({ item, plans, testRoute }: TestRouteProps) {
  const t = useTranslations('operatorAliases.test');
  const describe = useActionMessage();
  const [pending, setPending] = useState(false);
  const [trace, setTrace] = useState<RouteTrace | null>(null);
  const [problem, setProblem] = useState<{ field: 'request' | 'tags' | null; text: string } | null>(null);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim() || undefined;
    setTrace(null);
    const request = readRequest(text('request') ?? '');
    if (!request) return setProblem({ field: 'request', text: t('notAnObject') });
    const tags = readTags(text('tags'));
    if (tags === null) return setProblem({ field: 'tags', text: t('notTags') });
    setProblem(null);
    setPending(true);
    const result = await testRoute({ document: item as unknown as AliasDocument, request, plan: text('plan'), user: text('user'), session: text('session'), tags, region: text('region') });
    setPending(false);
    if (result.ok) setTrace(result.data);
    else setProblem({ field: null, text: describe(result.error) });
  }

  const problemOf = (field: 'request' | 'tags') => (problem?.field === field ? problem.text : undefined);
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button variant="outline" disabled={item.targets.length === 0}>
          {t('button')}
        </Button>
      </DialogTrigger>
      <DialogContent className="max-w-2xl">
        <DialogHeader>
          <DialogTitle>{t('title', { name: item.name })}</DialogTitle>
          <DialogDescription>{t('lead')}</DialogDescription>
        </DialogHeader>
        <form onSubmit={send} className="grid grid-cols-[minmax(0,1fr)] gap-4">
          {problem && problem.field === null && (
            <Alert variant="danger">
              <AlertTitle className="font-normal">{problem.text}</AlertTitle>
            </Alert>
          )}
          <Field label={t('request')} error={problemOf('request')}>
            <Textarea name="request" rows={6} defaultValue={EXAMPLE} spellCheck={false} className="figures" />
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('plan')}>
              <NativeSelect name="plan" defaultValue="">
                <option value="">{t('defaultPlan')}</option>
                {plans.map((plan) => (
                  <option key={plan} value={plan}>
                    {plan}
                  </option>
                ))}
              </NativeSelect>
            </Field>
            <Field label={t('region')}>
              <Input name="region" maxLength={200} autoComplete="off" />
            </Field>
            <Field label={t('user')}>
              <Input name="user" maxLength={200} autoComplete="off" />
            </Field>
            <Field label={t('session')}>
              <Input name="session" maxLength={200} autoComplete="off" />
            </Field>
            <Field label={t('tags')} error={problemOf('tags')} className="sm:col-span-2">
              <Input name="tags" placeholder="feature=search, team=growth" autoComplete="off" />
            </Field>
          </div>
          <Button type="submit" pending={pending} className="justify-self-end">
            {t('submit')}
          </Button>
        </form>
        <div aria-live="polite">{trace && <RouteTraceView trace={trace} />}</div>
      </DialogContent>
    </Dialog>
  );
}

function readRequest(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** `name=value` pairs between commas; null where one of them is not a pair. */
function readTags(text: string | undefined): Record<string, string> | undefined | null {
  if (text === undefined) return undefined;
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  return pairs.every((pair) => pair.length === 2 && pair[0] && pair[1]) ? (Object.fromEntries(pairs) as Record<string, string>) : null;
}
