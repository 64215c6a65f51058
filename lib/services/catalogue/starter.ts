/**
 * What a fresh installation offers before an operator configured anything: three plans, five aliases over the
 * demo provider, and its models with prices, in the words of `fairlead.yaml`. Amounts are decimal dollars.
 */

export interface StarterPlan {
  id: string;
  name: string;
  monthly: string;
  includedCredit: string;
  allow: string[];
  rpm: number;
  tpm: number;
  concurrency: number;
  logRetentionDays: number;
  seats: number;
}

export interface StarterModel {
  id: string;
  kind: 'chat' | 'embedding';
  displayName: string;
  contextWindow: number;
  maxOutputTokens: number | null;
  capabilities: string[];
  input: string;
  output: string;
}

export interface StarterAlias {
  name: string;
  description: string;
  targets: string[];
}

export const DEMO_PROVIDER_ID = 'demo';

export const STARTER_SETTINGS = { defaultPlan: 'free', markupPercent: '0', logBodies: true };

const STARTER_ALIAS_NAMES = ['fast-chat', 'code-reasoner', 'long-context', 'zh-business', 'advanced-reasoning'];

export const STARTER_PLANS: StarterPlan[] = [
  { id: 'free', name: 'Free', monthly: '0.00', includedCredit: '1.00', allow: [...STARTER_ALIAS_NAMES, 'demo/*'], rpm: 60, tpm: 100_000, concurrency: 5, logRetentionDays: 7, seats: 3 },
  { id: 'pro', name: 'Pro', monthly: '20.00', includedCredit: '5.00', allow: ['*'], rpm: 600, tpm: 1_000_000, concurrency: 50, logRetentionDays: 30, seats: 10 },
  { id: 'enterprise', name: 'Enterprise', monthly: '500.00', includedCredit: '100.00', allow: ['*'], rpm: 6_000, tpm: 10_000_000, concurrency: 500, logRetentionDays: 90, seats: 100 },
];

const CHAT = { kind: 'chat', contextWindow: 128_000, maxOutputTokens: 4_096, input: '0.10', output: '0.40' } as const;
/** The plain demo models accept tools and JSON mode and answer in words, so an alias over them refuses nobody. */
const PLAIN = ['json', 'tools', 'vision'];

export const STARTER_MODELS: StarterModel[] = [
  { ...CHAT, id: 'demo/echo', displayName: 'Demo: echo', capabilities: PLAIN },
  { ...CHAT, id: 'demo/lorem', displayName: 'Demo: lorem', capabilities: PLAIN },
  { ...CHAT, id: 'demo/tools', displayName: 'Demo: tool calls', capabilities: PLAIN },
  { ...CHAT, id: 'demo/json', displayName: 'Demo: JSON', capabilities: PLAIN },
  { ...CHAT, id: 'demo/slow', displayName: 'Demo: slow', capabilities: PLAIN },
  { ...CHAT, id: 'demo/flaky', displayName: 'Demo: fails at first', capabilities: PLAIN },
  { ...CHAT, id: 'demo/down', displayName: 'Demo: always down', capabilities: PLAIN },
  { ...CHAT, id: 'demo/ratelimit', displayName: 'Demo: rate limited', capabilities: PLAIN },
  { id: 'demo/embed', kind: 'embedding', displayName: 'Demo: embeddings', contextWindow: 8_192, maxOutputTokens: null, capabilities: [], input: '0.02', output: '0.00' },
];

export const STARTER_ALIASES: StarterAlias[] = [
  { name: 'fast-chat', description: 'Short answers at low cost', targets: ['demo/echo', 'demo/lorem'] },
  { name: 'code-reasoner', description: 'Code and step-by-step work', targets: ['demo/echo', 'demo/lorem'] },
  { name: 'long-context', description: 'Long documents', targets: ['demo/lorem', 'demo/echo'] },
  { name: 'zh-business', description: 'Business Chinese', targets: ['demo/echo', 'demo/lorem'] },
  { name: 'advanced-reasoning', description: 'Hard questions, best models', targets: ['demo/lorem', 'demo/echo'] },
];
