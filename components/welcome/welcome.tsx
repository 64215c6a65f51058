'use client';

import { Download, SendHorizontal } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CreateKeyDialog } from '@/components/keys/create-key-dialog';
import type { CreateKey } from '@/components/keys/key-actions';
import { SecretReveal } from '@/components/patterns/secret-reveal';
import { SnippetTabs } from '@/components/patterns/snippet-tabs';
import { Button } from '@/components/ui/button';
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { NativeSelect } from '@/components/ui/native-select';
import type { ModelChoice } from '@/lib/services/welcome/model-choice';
import type { WelcomeKey } from '@/lib/services/welcome/read-welcome';
import { Listener } from './listener';
import { type Sent, sendForMe } from './send-for-me';
import { useContacts } from './use-contacts';

export interface WelcomeProps {
  org: { slug: string; name: string };
  baseUrl: string;
  /** The first key in clear, while this browser still has it. */
  plainKey: { id: string; key: string } | null;
  /** The key that is listened for. */
  knownKey: WelcomeKey | null;
  models: ModelChoice[];
  preselected: string;
  create: CreateKey;
  /** When this visit began, by the server's clock. */
  sinceMs: number;
}

export function Welcome({ org, baseUrl, plainKey, knownKey, models, preselected, create, sinceMs }: WelcomeProps) {
  const t = useTranslations('welcome');
  const snippets = useTranslations('snippets');
  const router = useRouter();
  const [created, setCreated] = useState<{ id: string; key: string } | null>(null);
  const [model, setModel] = useState(preselected);
  const [sending, setSending] = useState(false);
  const [sent, setSent] = useState<Sent | null>(null);

  const plain = created ?? plainKey;
  const last4 = plain ? plain.key.slice(-4) : (knownKey?.last4 ?? null);
  const { contacts, isLive } = useContacts({ org: org.slug, keyId: plain?.id ?? knownKey?.id ?? null, sinceMs });

  async function send() {
    if (!plain) return;
    setSending(true);
    setSent(await sendForMe({ key: plain.key, model, prompt: snippets('prompt') }));
    setSending(false);
  }

  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_400px]">
      <div className="grid min-w-0 gap-4">
        <Card>
          <CardHeader className="h-11 items-center pt-3">
            <CardTitle>{t('key.title')}</CardTitle>
            {plain && (
              <Button asChild variant="ghost" size="sm">
                <a href={`data:text/plain;charset=utf-8,${encodeURIComponent(`FAIRLEAD_API_KEY=${plain.key}\nOPENAI_BASE_URL=${baseUrl}\n`)}`} download=".env">
                  <Download aria-hidden />
                  {t('key.download')}
                </a>
              </Button>
            )}
          </CardHeader>
          <CardContent>
            {plain ? (
              <SecretReveal secret={plain.key} />
            ) : (
              <div className="flex flex-wrap items-center justify-between gap-3">
                <p className="min-w-0 max-w-[52ch] text-base text-muted-foreground">
                  {knownKey
                    ? t.rich('key.gone', { last4: knownKey.last4, name: knownKey.name, code: (text) => <code className="text-foreground">{text}</code> })
                    : t('key.none')}
                </p>
                <CreateKeyDialog
                  org={org.slug}
                  baseUrl={baseUrl}
                  models={models}
                  create={create}
                  closeOnCreate
                  suggestedName={t('key.newName')}
                  onCreated={(key) => {
                    setCreated(key);
                    router.refresh();
                  }}
                />
              </div>
            )}
          </CardContent>
        </Card>

        <Card>
          <CardHeader>
            <CardTitle>{t('call.title')}</CardTitle>
          </CardHeader>
          <CardContent className="grid gap-4">
            <div className="flex flex-wrap items-end gap-3">
              <Field label={t('call.model')} className="min-w-48 flex-1 sm:max-w-72">
                <NativeSelect value={model} onChange={(event) => setModel(event.target.value)}>
                  {models.map(({ id }) => (
                    <option key={id} value={id}>
                      {id}
                    </option>
                  ))}
                </NativeSelect>
              </Field>
              <Button onClick={send} pending={sending} disabled={!plain} aria-describedby={plain ? undefined : 'send-why'}>
                {!sending && <SendHorizontal aria-hidden />}
                {t('call.send')}
              </Button>
              {!plain && (
                <p id="send-why" className="w-full text-xs text-muted-foreground">
                  {t('call.needsKey')}
                </p>
              )}
            </div>
            {sent && <Reply sent={sent} model={model} />}
            <SnippetTabs baseUrl={baseUrl} model={model} apiKey={plain?.key ?? `sk-fl-…${last4 ?? ''}`} />
          </CardContent>
        </Card>
      </div>
      <div className="min-w-0 lg:sticky lg:top-6">
        <Listener org={org.slug} last4={last4} contacts={contacts} isLive={isLive} suggestion={preselected} onUseModel={setModel} />
      </div>
    </div>
  );
}

function Reply({ sent, model }: { sent: Sent; model: string }) {
  const t = useTranslations('welcome');
  if (sent.status === 0) return <p className="text-sm text-danger">{t('call.unreachable')}</p>;
  if (sent.status >= 400) return null;
  return (
    <div className="animate-rise rounded-md border-l-2 border-primary bg-surface-muted px-3 py-2 text-sm">
      <p className="mb-0.5 text-xs text-muted-foreground">{t('call.answered', { model })}</p>
      <p className="break-words whitespace-pre-wrap">{sent.text}</p>
    </div>
  );
}
