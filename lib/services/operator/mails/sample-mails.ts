import type { Mail } from '@/lib/mail';

type Sample = { [Name in Mail['template']]: { template: Name; props: Extract<Mail, { template: Name }>['props'] } }[Mail['template']];

/** One mail of every kind, by a name for the list, with people and amounts made up. `base` is where its links lead. */
export function sampleMails(base: string): Record<string, Sample> {
  const org = 'Acme';
  const page = `${base}/acme`;
  const day = '2027-01-31T00:00:00.000Z';
  return {
    verify: { template: 'verify', props: { url: `${base}/verify/example`, hours: 48 } },
    reset: { template: 'reset', props: { url: `${base}/reset/example`, minutes: 60 } },
    invite: { template: 'invite', props: { org, inviter: 'Ada', role: 'developer', url: `${base}/invite/example`, days: 7 } },
    budget: { template: 'alert', props: { org, facts: { kind: 'budget', budget: 'Team', percent: 80, spentUsd: '40.00', limitUsd: '50.00', resetsAt: day }, url: page } },
    spend: { template: 'alert', props: { org, facts: { kind: 'spend', rule: 'Spend', spentUsd: '12.50', limitUsd: '10.00', minutes: 60 }, url: page } },
    error_rate: { template: 'alert', props: { org, facts: { kind: 'error_rate', rule: 'Errors', percent: 30, limitPercent: 20, requests: 120, minutes: 60 }, url: page } },
    latency: { template: 'alert', props: { org, facts: { kind: 'latency', rule: 'Slow', p95Ms: 9_000, limitMs: 5_000, requests: 120, minutes: 60 }, url: page } },
    key_expiry: { template: 'alert', props: { org, facts: { kind: 'key_expiry', key: 'ci', last4: 'a1b2', expiresAt: day }, url: page } },
    receipt: { template: 'billing', props: { org, facts: { kind: 'receipt', usd: '20.00', paidAt: day, number: 'ACME-0001' }, url: page } },
    payment_failed: { template: 'billing', props: { org, facts: { kind: 'payment_failed', usd: '20.00', invoice: 'ACME-0001' }, url: page } },
    recharge_authentication: { template: 'billing', props: { org, facts: { kind: 'recharge_authentication', usd: '25.00' }, url: page } },
    trial_ending: { template: 'billing', props: { org, facts: { kind: 'trial_ending', plan: 'Pro', endsAt: day }, url: page } },
    operator: { template: 'operator', props: { product: 'Fairlead', found: [{ kind: 'unpriced', names: 'some-model' }], url: `${base}/admin` } },
    security: { template: 'security', props: { event: 'on', url: `${base}/account/security` } },
  };
}
