import type { MailContent, Translate } from '../mail-content';

/** What happened, as messages, webhooks and the history tell it. Money as decimal dollars, times as ISO 8601. */
export type AlertFacts =
  | { kind: 'test' }
  | { kind: 'spend'; rule: string; spentUsd: string; limitUsd: string; minutes: number }
  | { kind: 'budget'; budget: string; percent: number; spentUsd: string; limitUsd: string; resetsAt: string | null }
  | { kind: 'error_rate'; rule: string; percent: number; limitPercent: number; requests: number; minutes: number }
  | { kind: 'latency'; rule: string; p95Ms: number; limitMs: number; requests: number; minutes: number }
  | { kind: 'key_expiry'; key: string; last4: string; expiresAt: string };

export interface AlertProps {
  org: string;
  facts: AlertFacts;
  /** The page where the reader sees more. */
  url: string;
}

export function alert(t: Translate, { org, facts, url }: AlertProps): MailContent {
  const values = { org, ...valuesOf(facts) };
  return {
    subject: t(`alert.${facts.kind}.subject`, values),
    heading: t(`alert.${facts.kind}.heading`, values),
    paragraphs: [t(`alert.${facts.kind}.body`, values)],
    action: { label: t(`alert.${facts.kind}.action`), url },
    footnote: t('alert.footnote', { org }),
  };
}

function valuesOf(facts: AlertFacts): Record<string, string | number> {
  switch (facts.kind) {
    case 'test':
      return {};
    case 'spend':
      return { rule: facts.rule, spent: short(facts.spentUsd), limit: short(facts.limitUsd), minutes: facts.minutes };
    case 'budget':
      return { budget: facts.budget, percent: facts.percent, spent: short(facts.spentUsd), limit: short(facts.limitUsd), resets: day(facts.resetsAt) };
    case 'error_rate':
      return { rule: facts.rule, percent: facts.percent, limit: facts.limitPercent, requests: facts.requests, minutes: facts.minutes };
    case 'latency':
      return { rule: facts.rule, p95: facts.p95Ms, limit: facts.limitMs, requests: facts.requests, minutes: facts.minutes };
    case 'key_expiry':
      return { key: facts.key, last4: facts.last4, date: day(facts.expiresAt) };
  }
}

/** To the cent, or to the digits there are below one. */
function short(usd: string): string {
  const [whole = '0', fraction = ''] = usd.split('.');
  return `$${whole}.${whole === '0' ? fraction.slice(0, 6).replace(/0{1,4}$/, '') || '00' : fraction.slice(0, 2).padEnd(2, '0')}`;
}

function day(iso: string | null): string {
  return iso?.slice(0, 10) ?? '—';
}
