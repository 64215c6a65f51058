import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import path from 'node:path';
import type { z } from 'zod';
import { type InternalValues, internalSchema, type PublicValues, publicSchema } from './schema';
import { type Env, EnvironmentError, type Role, type StripeEnv } from './types';

export type Source = Readonly<Record<string, string | undefined>>;

/** Turns raw variables into the parsed environment, or throws one line that names what is wrong. */
export function parseEnv(raw: Source): Env {
  const source = Object.fromEntries(
    Object.entries(raw)
      .map(([name, value]) => [name, value?.trim()])
      .filter(([, value]) => value),
  );
  const given = parse(publicSchema, source);
  const internal = parse(internalSchema, source);
  const role = internal.FAIRLEAD_ROLE ?? (source.NEXT_PHASE === 'phase-production-build' ? 'build' : 'all');
  const isLoopback = isLoopbackHost(given.HOST);
  const isDatabaseEmbedded = !given.DATABASE_URL;
  checkTogether(given, internal, role);
  const appUrl = given.APP_URL ?? `http://${urlHost(given.HOST)}:${given.PORT}`;
  const secrets = role === 'build' ? undefined : { given, internal };

  return {
    role,
    port: given.PORT,
    host: given.HOST,
    isLoopback,
    appUrl,
    isAppUrlGiven: given.APP_URL !== undefined,
    dataDir: path.resolve(given.DATA_DIR),
    isDatabaseEmbedded,
    get databaseUrl() {
      return ready('database URL', internal.FAIRLEAD_DATABASE_URL ?? given.DATABASE_URL, secrets);
    },
    get databaseDirectUrl() {
      return ready('database URL', internal.FAIRLEAD_DATABASE_URL ?? given.DATABASE_DIRECT_URL ?? given.DATABASE_URL, secrets);
    },
    redisUrl: given.REDIS_URL,
    workers: given.WORKERS,
    workerIndex: internal.FAIRLEAD_WORKER ?? 0,
    get authSecret() {
      return ready('session secret', given.AUTH_SECRET ?? internal.FAIRLEAD_AUTH_SECRET, secrets);
    },
    encryptionKeys: role === 'console' ? [] : (given.ENCRYPTION_KEY ?? internal.FAIRLEAD_ENCRYPTION_KEY ?? []),
    get sealPublicKey() {
      return ready('public key', internal.FAIRLEAD_SEAL_PUBLIC_KEY, secrets);
    },
    adminEmail: given.ADMIN_EMAIL,
    adminPassword: given.ADMIN_PASSWORD,
    signup: given.SIGNUP,
    configFile: given.CONFIG_FILE && path.resolve(given.CONFIG_FILE),
    stripe: stripeEnv(given, isLoopback && isDatabaseEmbedded),
    smtpUrl: given.SMTP_URL,
    mailFrom: given.MAIL_FROM ?? `Fairlead <no-reply@${new URL(appUrl).hostname}>`,
    allowPrivateUpstreams: given.ALLOW_PRIVATE_UPSTREAMS,
    trustedProxies: given.TRUSTED_PROXIES,
    logLevel: given.LOG_LEVEL,
    metricsToken: given.METRICS_TOKEN,
    otelEndpoint: given.OTEL_EXPORTER_OTLP_ENDPOINT,
    consoleSocketPath: internal.FAIRLEAD_CONSOLE_SOCKET,
    isStartedByNpm: source.npm_lifecycle_event !== undefined,
  };
}

function parse<T extends z.ZodType>(schema: T, source: Source): z.infer<T> {
  const result = schema.safeParse(source);
  if (result.success) return result.data;
  throw new EnvironmentError(result.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`).join('; '));
}

/** A missing value is a wrong order of things at run time; `next build` only needs something that cannot connect. */
function ready(what: string, value: string | undefined, secrets: object | undefined): string {
  if (value !== undefined) return value;
  if (!secrets) return 'postgresql://build@127.0.0.1:1/build';
  throw new Error(`The ${what} is not known yet: the installation has to be opened first.`);
}

function checkTogether(given: PublicValues, internal: InternalValues, role: Role): void {
  const fail = (message: string): never => {
    throw new EnvironmentError(message);
  };
  if (given.DATABASE_DIRECT_URL && !given.DATABASE_URL) fail('DATABASE_DIRECT_URL needs DATABASE_URL beside it');
  if (given.DATABASE_URL && role !== 'build') {
    if (!given.AUTH_SECRET) fail('AUTH_SECRET is required with DATABASE_URL (openssl rand -base64 32)');
    if (!given.ENCRYPTION_KEY && !(role === 'console' && internal.FAIRLEAD_SEAL_PUBLIC_KEY))
      fail('ENCRYPTION_KEY is required with DATABASE_URL (openssl rand -base64 32)');
  }
  if (given.ADMIN_EMAIL && !given.ADMIN_PASSWORD) fail('ADMIN_PASSWORD is required with ADMIN_EMAIL');
  if (given.ADMIN_PASSWORD && !given.ADMIN_EMAIL) fail('ADMIN_EMAIL is required with ADMIN_PASSWORD');
  if (given.WORKERS > 1 && !given.REDIS_URL) fail('WORKERS greater than 1 needs REDIS_URL, or each process would keep limits of its own');
  if (given.STRIPE_API_BASE && /^(sk|rk)_live_/.test(given.STRIPE_SECRET_KEY ?? ''))
    fail('STRIPE_API_BASE is refused with a live STRIPE_SECRET_KEY: live keys only go to Stripe');
  if (given.CONFIG_FILE && !existsSync(given.CONFIG_FILE)) fail(`CONFIG_FILE names a file that is not there: ${given.CONFIG_FILE}`);
}

function stripeEnv(given: PublicValues, isLocal: boolean): StripeEnv {
  if (given.STRIPE_MODE === 'off') return { mode: 'off' };
  if (given.STRIPE_MODE === 'simulator' || (!given.STRIPE_SECRET_KEY && isLocal)) return { mode: 'simulator', webhookSecret: given.STRIPE_WEBHOOK_SECRET };
  if (!given.STRIPE_SECRET_KEY) return { mode: 'off' };
  return { mode: 'live', secretKey: given.STRIPE_SECRET_KEY, webhookSecret: given.STRIPE_WEBHOOK_SECRET, apiBase: given.STRIPE_API_BASE };
}

export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return isIP(host) === 6 ? `[${host}]` : host;
}
