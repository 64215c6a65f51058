'use client';

import { CircleCheck, CircleX } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Time } from '@/components/patterns/time';
import { Button } from '@/components/ui/button';
import type { ContactJson } from '@/lib/services/welcome/listened-key';
import { findFix, shortClient } from './contact-fix';

interface ContactCardProps {
  contact: ContactJson;
  org: string;
  /** A model that would have worked. */
  suggestion: string;
  onUseModel: (model: string) => void;
}

/** One contact: what came, from which client, how it ended, and what to do when it failed. */
export function ContactCard({ contact, org, suggestion, onUseModel }: ContactCardProps) {
  const t = useTranslations('welcome');
  const ok = contact.status < 400;
  const Icon = ok ? CircleCheck : CircleX;
  const fix = findFix(contact);
  const client = shortClient(contact.client) ?? t('listener.browser');
  return (
    <div className="grid animate-rise gap-2 border-t px-4 py-3">
      <div className="flex items-center gap-2">
        <Icon aria-hidden className={ok ? 'size-4 shrink-0 text-success' : 'size-4 shrink-0 text-danger'} />
        <span className="figures font-medium">{contact.status}</span>
        <span className={ok ? 'text-success' : 'text-danger'}>{ok ? t('listener.ok') : (contact.code ?? t('listener.failed'))}</span>
        <Time iso={new Date(contact.at).toISOString()} className="ml-auto text-xs text-muted-foreground" />
      </div>
      <p className="text-sm text-muted-foreground">
        <code className="text-foreground">
          {contact.method} {contact.path}
        </code>{' '}
        {t('listener.from', { client })}
        {contact.model && (
          <>
            {' · '}
            <code className="text-foreground">{contact.model}</code>
          </>
        )}
      </p>
      {ok ? (
        <div className="mt-1">
          <Button asChild>
            <Link href={`/${org}/logs/${contact.request_id}`}>{t('listener.view')}</Link>
          </Button>
        </div>
      ) : (
        <div className="grid gap-2 rounded-md bg-surface-muted p-3 text-sm">
          <p>{t(`fix.${fix.key}`, fix.values)}</p>
          {contact.message && <p className="text-xs break-words text-muted-foreground">{contact.message}</p>}
          {fix.key === 'model' && (
            <Button variant="outline" size="sm" className="justify-self-start" onClick={() => onUseModel(suggestion)}>
              {t('fix.useModel', { model: suggestion })}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
