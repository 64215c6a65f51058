import type { CompiledCard } from '@/lib/catalog';
import type { BodyChoice } from '@/lib/kernel/body-choice';
import type { AddressList } from '@/lib/kernel/address-list';
import type { Money } from '@/lib/kernel/money';
import type { OrgId, KeyId } from '@/lib/kernel/ids';
import type { Budget, BudgetPeriod, OperatorBudget } from '@/lib/ledger';
import type { Adapter, Dialect } from '@/lib/providers/contract';
import type { Layer } from './allow';

export interface Timeouts {
  connectMs: number;
  firstTokenMs: number;
  idleMs: number;
  totalMs: number;
}

export interface CompiledCredential {
  id: string;
  name: string;
  /** In clear: exists in the gateway's memory only. */
  secret: string;
  last4: string;
  weight: number;
  /** Lower ones first. */
  priority: number;
}

/** When a target stops being asked, and for how long. */
export interface BreakerSettings {
  /** Failed attempts in a row that open it. */
  failures: number;
  /** The first pause; each further one in a row is half as long again, up to the longest. */
  coolDownMs: number;
  maxCoolDownMs: number;
}

export interface CompiledProvider {
  id: string;
  adapter: Adapter;
  dialect: Dialect;
  /** Without a trailing slash. Empty for the demo provider, which has no network. */
  baseUrl: string;
  timeouts: Timeouts;
  /** Somebody set firstTokenMs: it bounds whole answers too, which show nothing before they are complete. */
  hasOwnFirstToken: boolean;
  onClientDisconnect: 'cancel' | 'drain';
  /** Where it processes calls: what the operator says, else the name of its endpoint; null: unknown. */
  region: string | null;
  demo: boolean;
  breaker: BreakerSettings;
  credentials: CompiledCredential[];
}

export interface CompiledModel {
  id: string;
  provider: CompiledProvider;
  upstreamModel: string;
  kind: string;
  displayName: string | null;
  contextWindow: number | null;
  maxOutputTokens: number | null;
  capabilities: ReadonlySet<string>;
  createdAtS: number;
  /** Newest first; tenants' own cards included. */
  cards: { card: CompiledCard; orgId: string | null; effectiveFromMs: number }[];
}

/** What a call must be like for a target to be asked. Absent ones ask for nothing. */
export interface Conditions {
  minInputTokens?: number;
  maxInputTokens?: number;
  tools?: boolean;
  images?: boolean;
  language?: 'zh' | 'other';
  plans?: readonly string[];
  /** Tag and value; `*` stands for any value. */
  tags?: Readonly<Record<string, string>>;
  regions?: readonly string[];
}

export interface CompiledTarget {
  model: CompiledModel;
  retries: number;
  /** Whether a target that stayed silent is asked again within its retries. */
  onTimeout: 'next' | 'retry';
  weight: number;
  timeouts: Partial<Timeouts>;
  /** Null: it takes every call. */
  conditions: Conditions | null;
}

export interface CompiledAlias {
  name: string;
  description: string | null;
  strategy: 'priority' | 'weighted' | 'cheapest' | 'fastest';
  targets: CompiledTarget[];
  sticky: 'none' | 'user' | 'session';
  onContextOverflow: 'next' | 'fail';
  streamRecovery: 'none' | 'restart' | 'hold';
  /** This share of the calls (0 to 100) tries `model` first. */
  canary: { model: string; percent: number } | null;
  /** Deadline over all attempts; null: the longest of the targets'. */
  totalMs: number | null;
  version: number;
  createdAtS: number;
}

export interface Limits {
  rpm: number | null;
  tpm: number | null;
  concurrency: number | null;
}

export interface CompiledPlan {
  id: string;
  name: string;
  allow: readonly string[];
  deny: readonly string[];
  limits: Limits;
  prepaid: boolean;
  /** Retention class of the log partitions, such as `d7`. */
  retentionClass: string;
  /** Markup in hundredths of a basis point: 10 % = 100_000. */
  markupPpm: bigint;
}

/** Everything a call's decisions need, compiled once per change; replaced whole, never edited. */
export interface PolicySnapshot {
  version: bigint;
  /** Those that are switched on, each with the credentials that are in force. */
  providers: ReadonlyMap<string, CompiledProvider>;
  models: ReadonlyMap<string, CompiledModel>;
  aliases: ReadonlyMap<string, CompiledAlias>;
  plans: ReadonlyMap<string, CompiledPlan>;
  /** The operator's own budgets; null: there are none. */
  operatorBudgets: readonly OperatorBudget[] | null;
  /** Rules that nothing below lifts: what nobody on this installation may call. */
  deny: readonly string[];
  /** Whether bodies are logged unless the organization says otherwise. */
  logBodies: boolean;
  /** What names of tenants are hashed with for providers that take one; null: none are sent. */
  safetySalt: string | null;
}

/** Budgets of the caller's organization. A scope of `*` stands under that name. */
export interface CallerBudgets {
  /** Of the organization, and of this key and its creator. */
  always: Budget[];
  endUser: Map<string, Budget[]>;
  /** By `name` or `name=value`. */
  tag: Map<string, Budget[]>;
  /** By model id or alias. */
  model: Map<string, Budget[]>;
}

/** A caller as the key tells it: looked up once, kept until a version changes. */
export interface Caller {
  org: {
    id: OrgId;
    slug: string;
    timezone: string;
    bodies: BodyChoice;
    suspended: string | null;
    /** The operator's own limits in place of the plan's; null: the plan's hold. */
    limits: Limits | null;
  };
  /** What the organization and the role of the key's maker add to who may call what. */
  layers: readonly Layer[];
  key: {
    id: KeyId;
    /** The first key of its line of rotations: budgets and rates are the line's, so that a rotation doubles none. */
    lineId: KeyId;
    name: string;
    last4: string;
    /** Null: all that the plan allows. */
    models: readonly string[] | null;
    limits: Limits;
    budget: { limit: Money; period: BudgetPeriod } | null;
    tags: Record<string, string>;
    /** Addresses it may be used from; null: from anywhere. */
    allowedFrom: AddressList | null;
    expiresAtMs: number | null;
    createdById: string | null;
  };
  budgets: CallerBudgets;
  planId: string;
}
