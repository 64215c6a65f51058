/**
 * What this process is. `all` is one process that serves everything (`next start`, `next dev`); `build` is `next build`,
 * which has no database and no secrets.
 */
export type Role = 'all' | 'supervisor' | 'gateway' | 'console' | 'cli' | 'build';

export interface StripeEnv {
  /** `simulator` is the local stand-in whose money buys plan limits and demo models only; `off` means billing says so. */
  mode: 'live' | 'simulator' | 'off';
  secretKey?: string;
  webhookSecret?: string;
  apiBase?: string;
}

/** The environment, parsed once. Optional things are `undefined` when not set, never an empty string. */
export interface Env {
  role: Role;
  port: number;
  host: string;
  /** True when `HOST` only takes connections from this machine. */
  isLoopback: boolean;
  /** Where people reach the product, without a trailing slash. */
  appUrl: string;
  /** False when `appUrl` was derived from `HOST` and `PORT`. */
  isAppUrlGiven: boolean;
  /** Absolute. */
  dataDir: string;
  /** True when the product runs its own Postgres in `DATA_DIR`. */
  isDatabaseEmbedded: boolean;
  /** For pools, possibly through a transaction pooler. Throws until the installation is opened. */
  databaseUrl: string;
  /** For migrations, LISTEN and advisory locks: never through a pooler. Throws until the installation is opened. */
  databaseDirectUrl: string;
  redisUrl?: string;
  workers: number;
  /** Which of the gateway processes this is, from 0. */
  workerIndex: number;
  /** Throws until the installation is opened. */
  authSecret: string;
  /** Base64, newest first. Empty in the console process, which only gets the public key. */
  encryptionKeys: readonly string[];
  /** The newest public key to seal to (lib/seal). Throws until the installation is opened. */
  sealPublicKey: string;
  adminEmail?: string;
  adminPassword?: string;
  signup: 'open' | 'invite' | 'closed';
  configFile?: string;
  stripe: StripeEnv;
  smtpUrl?: string;
  mailFrom: string;
  allowPrivateUpstreams: boolean;
  /** Addresses and ranges of proxies whose `x-forwarded-for` is believed. */
  trustedProxies: readonly string[];
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  metricsToken?: string;
  otelEndpoint?: string;
  /** The unix socket the console process listens on. */
  consoleSocketPath?: string;
  /** True when npm runs this process as a script: it should end when npm does. */
  isStartedByNpm: boolean;
}

/** One line that names the variable at fault; printed as it is, and the start stops. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}
