'use client';

import { Radio } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import type { ContactJson } from '@/lib/services/welcome/listened-key';
import { ContactCard } from './contact-card';

interface ListenerProps {
  org: string;
  last4: string | null;
  contacts: ContactJson[];
  isLive: boolean;
  suggestion: string;
  onUseModel: (model: string) => void;
}

/** The panel that shows any contact made with the key, within about a second. */
export function Listener({ org, last4, contacts, isLive, suggestion, onUseModel }: ListenerProps) {
  const t = useTranslations('welcome');
  return (
    <Card className="overflow-hidden">
      <div role="status" aria-label={t('listener.title')}>
        <div className="flex items-center gap-3 px-4 py-3">
          <span aria-hidden className="relative grid size-3 shrink-0 place-items-center">
            {isLive && last4 && <span className="absolute size-3 animate-listen rounded-full bg-primary" />}
            <span className={isLive && last4 ? 'size-2 rounded-full bg-primary' : 'size-2 rounded-full bg-border-strong'} />
          </span>
          <p className="min-w-0 text-base font-medium">
            {last4 === null
              ? t('listener.noKey')
              : isLive
                ? t.rich('listener.listening', { last4, code: (text) => <span className="figures">{text}</span> })
                : t('listener.reconnecting')}
          </p>
        </div>
        {contacts.length === 0 ? (
          <div className="grid justify-items-center gap-3 border-t px-6 py-12 text-center">
            <Radio aria-hidden className="size-6 text-muted-foreground" strokeWidth={1.5} />
            <p className="max-w-[36ch] text-sm text-muted-foreground">{t('listener.empty')}</p>
          </div>
        ) : (
          contacts.map((contact) => <ContactCard key={contact.request_id} contact={contact} org={org} suggestion={suggestion} onUseModel={onUseModel} />)
        )}
      </div>
    </Card>
  );
}
