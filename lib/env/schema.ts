import { z } from 'zod';
import { isAddressEntry } from '@/lib/kernel/address-list';
import { encryptionKeyFault, secretFault } from './secret-strength';

const isTrue = z.enum(['true', 'false', '1', '0'], 'must be true or false').transform((value) => value === 'true' || value === '1');

function url(protocols: readonly string[]) {
  return z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );
}

function checked(fault: (value: string) => string | null) {
  return z.string().superRefine((value, context) => {
    const message = fault(value);
    if (message) context.addIssue({ code: 'custom', message });
  });
}

function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);
}

const appUrl = url(['http:', 'https:'])
  .refine((value) => !URL.canParse(value) || isOrigin(new URL(value)), 'must be an origin such as https://llm.example.com, without a path')
  .transform((value) => new URL(value).origin);

function isOrigin({ pathname, search, hash, username }: URL): boolean {
  return pathname === '/' && !search && !hash && !username;
}

const encryptionKeys = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((key) => key.trim())
      .filter(Boolean),
  )
  .superRefine((keys, context) => {
    const message = keys.length === 0 ? 'must hold at least one key' : keys.map(encryptionKeyFault).find(Boolean);
    if (message) context.addIssue({ code: 'custom', message });
  });

const authSecret = checked(secretFault);
const databaseUrl = url(['postgres:', 'postgresql:']);

/** Addresses and ranges between commas. */
const addresses = z.string().transform((text, context) => {
  const entries = text.split(',').map((entry) => entry.trim()).filter(Boolean);
  const wrong = entries.find((entry) => !isAddressEntry(entry));
  if (wrong !== undefined) context.addIssue({ code: 'custom', message: `${wrong} is no IP address or range such as 10.0.0.0/8` });
  return entries;
});

/** The variables people set (contract §2). Empty values count as not set and never get here. */
export const publicSchema = z.object({
  PORT: wholeNumber(1, 65535).default(3000),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, 'must be a host name or an address')
    .default('127.0.0.1'),
  APP_URL: appUrl.optional(),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_DIRECT_URL: databaseUrl.optional(),
  DATA_DIR: z.string().default('.data'),
  REDIS_URL: url(['redis:', 'rediss:']).optional(),
  WORKERS: wholeNumber(1, 256).default(1),
  AUTH_SECRET: authSecret.optional(),
  ENCRYPTION_KEY: encryptionKeys.optional(),
  ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
  ADMIN_PASSWORD: z.string().min(12, 'needs at least 12 characters').max(256, 'takes at most 256 characters').optional(),
  SIGNUP: z.enum(['open', 'invite', 'closed'], 'must be open, invite or closed').default('open'),
  CONFIG_FILE: z.string().optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(live|test)_\S+$/, 'must start with sk_live_, sk_test_, rk_live_ or rk_test_')
    .optional(),
  STRIPE_WEBHOOK_SECRET: z.string().optional(),
  STRIPE_API_BASE: url(['http:', 'https:']).optional(),
  STRIPE_MODE: z.enum(['simulator', 'off'], 'must be simulator or off').optional(),
  SMTP_URL: url(['smtp:', 'smtps:']).optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*\S+@\S+[^\r\n]*$/, 'must hold an e-mail address')
    .optional(),
  ALLOW_PRIVATE_UPSTREAMS: isTrue.default(false),
  TRUSTED_PROXIES: addresses.default([]),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'must be trace, debug, info, warn, error, fatal or silent').default('info'),
  METRICS_TOKEN: z.string().optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url(['http:', 'https:']).optional(),
});

/** What our own processes tell each other. Nobody sets these by hand. */
export const internalSchema = z.object({
  FAIRLEAD_ROLE: z.enum(['all', 'supervisor', 'gateway', 'console', 'cli', 'build']).optional(),
  FAIRLEAD_DATABASE_URL: databaseUrl.optional(),
  FAIRLEAD_AUTH_SECRET: authSecret.optional(),
  FAIRLEAD_ENCRYPTION_KEY: encryptionKeys.optional(),
  FAIRLEAD_SEAL_PUBLIC_KEY: z.string().optional(),
  FAIRLEAD_CONSOLE_SOCKET: z.string().optional(),
  FAIRLEAD_WORKER: wholeNumber(0, 255).optional(),
});

export type PublicValues = z.infer<typeof publicSchema>;
export type InternalValues = z.infer<typeof internalSchema>;
