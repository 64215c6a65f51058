import type { BudgetEntry, PricesEntry } from '@/lib/services/config/schema';
import type { NotTaken } from './source';

/** A key of a provider as the other gateway held it. */
export type ImportedSecret =
  /** It named a variable of the environment. */
  | { kind: 'variable'; name: string }
  /** It stood in the file in clear. */
  | { kind: 'clear'; value: string }
  /** There is none that could be used here; the credential waits for one. */
  | { kind: 'none' };

export interface ImportedCredential {
  secret: ImportedSecret;
  /** Null: as the others. */
  weight: number | null;
  enabled: boolean;
}

/** One model at one provider with its keys, as another gateway knew it. */
export interface Deployment {
  /** The name that clients call. Several deployments of one name share its calls. */
  name: string;
  /** An adapter's id. */
  adapter: string;
  baseUrl: string | null;
  /** What the provider was called, when it had a name. */
  providerName: string | null;
  upstreamModel: string;
  credentials: ImportedCredential[];
  /** Lower ones first; equal ones share by weight. */
  order: number;
  weight: number | null;
  enabled: boolean;
  retries?: number;
  timeouts: { firstTokenMs?: number; totalMs?: number };
  kind?: 'chat' | 'embedding' | 'image' | 'audio' | 'moderation' | 'rerank';
  contextWindow?: number;
  maxOutputTokens?: number;
  capabilities?: string[];
  prices?: PricesEntry;
}

/** What happens to a name's calls beyond its own deployments. Names of other groups, in order. */
export interface Fallbacks {
  onFailure: string[];
  onContextOverflow: string[];
}

export interface ImportedPlan {
  id: string;
  /** Names and patterns its organizations may call. */
  allow: string[];
  markupPercent?: string;
  limits?: { rpm?: number; tpm?: number; concurrency?: number };
}

/** Everything that could be read from another gateway's file. */
export interface ImportDraft {
  deployments: Deployment[];
  fallbacks: ReadonlyMap<string, Fallbacks>;
  /** Further names for a group. */
  aliases: ReadonlyMap<string, string>;
  strategy: 'share' | 'cheapest' | 'fastest';
  breaker: { failures?: number; coolDownMs?: number };
  plans: ImportedPlan[];
  /** The operator's own limits. */
  budgets: BudgetEntry[];
  logBodies?: boolean;
  notTaken: NotTaken[];
  /** Commands for what is no configuration: organizations, their credit, their keys and budgets. */
  commands: string[];
}
