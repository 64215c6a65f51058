import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseEnv } from './parse-env';

const secret = () => randomBytes(32).toString('base64');
const withDatabase = () => ({ DATABASE_URL: 'postgresql://app:pw@db.example.com/fairlead', AUTH_SECRET: secret(), ENCRYPTION_KEY: secret() });

describe('an empty environment', () => {
  it('serves this machine only, on port 3000, with everything embedded', () => {
    const env = parseEnv({});
    expect(env).toMatchObject({
      role: 'all',
      port: 3000,
      host: '127.0.0.1',
      isLoopback: true,
      appUrl: 'http://127.0.0.1:3000',
      isDatabaseEmbedded: true,
      signup: 'open',
      workers: 1,
    });
    expect(env.stripe).toEqual({ mode: 'simulator', webhookSecret: undefined });
  });

  it('treats an empty variable as not set', () => {
    expect(parseEnv({ PORT: '', DATABASE_URL: ' ', STRIPE_SECRET_KEY: '' })).toMatchObject({ port: 3000, isDatabaseEmbedded: true });
  });

  it('does not hand out a database or a secret before the installation is opened', () => {
    expect(() => parseEnv({}).databaseUrl).toThrow('opened first');
    expect(() => parseEnv({}).authSecret).toThrow('opened first');
  });

  it('lets `next build` read everything', () => {
    const env = parseEnv({ NEXT_PHASE: 'phase-production-build', DATABASE_URL: 'postgresql://db.example.com/fairlead' });
    expect(env.role).toBe('build');
    expect(env.authSecret).not.toBe('');
  });
});

describe('a bad value stops the start with one line that names it', () => {
  const cases: [string, Record<string, string>][] = [
    ['PORT', { PORT: '70000' }],
    ['PORT', { PORT: '3e3' }],
    ['HOST', { HOST: 'not a host' }],
    ['APP_URL', { APP_URL: 'https://llm.example.com/base' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://db.example.com/x' }],
    ['DATABASE_DIRECT_URL', { DATABASE_DIRECT_URL: 'postgresql://db.example.com/x' }],
    ['REDIS_URL', { REDIS_URL: 'http://cache.example.com' }],
    ['WORKERS', { WORKERS: '0' }],
    ['AUTH_SECRET', { AUTH_SECRET: 'short' }],
    ['AUTH_SECRET', { AUTH_SECRET: 'changeme-changeme-changeme-changeme-0123' }],
    ['AUTH_SECRET', { AUTH_SECRET: 'a'.repeat(64) }],
    ['ENCRYPTION_KEY', { ENCRYPTION_KEY: randomBytes(16).toString('base64') }],
    ['ENCRYPTION_KEY', { ENCRYPTION_KEY: `${secret()},${randomBytes(31).toString('base64')}` }],
    ['ENCRYPTION_KEY', { ENCRYPTION_KEY: Buffer.alloc(32).toString('base64') }],
    ['ENCRYPTION_KEY', { ENCRYPTION_KEY: 'not base64 at all, but long enough to be' }],
    ['ADMIN_EMAIL', { ADMIN_EMAIL: 'nobody', ADMIN_PASSWORD: 'long-enough-pass' }],
    ['ADMIN_PASSWORD', { ADMIN_EMAIL: 'ops@example.com', ADMIN_PASSWORD: 'short' }],
    ['ADMIN_PASSWORD', { ADMIN_EMAIL: 'ops@example.com' }],
    ['SIGNUP', { SIGNUP: 'maybe' }],
    ['CONFIG_FILE', { CONFIG_FILE: '/nowhere/fairlead.yaml' }],
    ['STRIPE_SECRET_KEY', { STRIPE_SECRET_KEY: 'pk_test_1' }],
    ['STRIPE_API_BASE', { STRIPE_SECRET_KEY: 'sk_live_1', STRIPE_API_BASE: 'http://127.0.0.1:9999' }],
    ['STRIPE_MODE', { STRIPE_MODE: 'pretend' }],
    ['SMTP_URL', { SMTP_URL: 'mail.example.com' }],
    ['MAIL_FROM', { MAIL_FROM: 'Fairlead' }],
    ['ALLOW_PRIVATE_UPSTREAMS', { ALLOW_PRIVATE_UPSTREAMS: 'yes' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ];
  it.each(cases)('%s', (name, source) => {
    let message = '';
    try {
      parseEnv(source);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(new RegExp(`^${name} `));
    expect(message).not.toContain('\n');
  });

  it('never repeats a secret in the message', () => {
    expect(() => parseEnv({ AUTH_SECRET: 'hunter2' })).toThrow(/^(?!.*hunter2)/);
  });
});

describe('a database of your own', () => {
  it('needs both secrets', () => {
    const { AUTH_SECRET, ENCRYPTION_KEY, DATABASE_URL } = withDatabase();
    expect(() => parseEnv({ DATABASE_URL })).toThrow('AUTH_SECRET is required');
    expect(() => parseEnv({ DATABASE_URL, AUTH_SECRET })).toThrow('ENCRYPTION_KEY is required');
    expect(parseEnv({ DATABASE_URL, AUTH_SECRET, ENCRYPTION_KEY }).encryptionKeys).toEqual([ENCRYPTION_KEY]);
  });

  it('uses the direct URL where a pooler would break things', () => {
    const direct = 'postgresql://app:pw@direct.example.com/fairlead';
    expect(parseEnv({ ...withDatabase(), DATABASE_DIRECT_URL: direct }).databaseDirectUrl).toBe(direct);
  });

  it('does not give the console process an encryption key', () => {
    const source = { ...withDatabase(), FAIRLEAD_ROLE: 'console', FAIRLEAD_SEAL_PUBLIC_KEY: 'pk' };
    expect(parseEnv({ ...source, ENCRYPTION_KEY: '' }).encryptionKeys).toEqual([]);
    expect(parseEnv(source).encryptionKeys).toEqual([]);
  });

  it('keeps several encryption keys, newest first', () => {
    const keys = [secret(), secret()];
    expect(parseEnv({ ENCRYPTION_KEY: keys.join(', ') }).encryptionKeys).toEqual(keys);
  });
});

describe('billing', () => {
  it('is off, not simulated, where strangers can connect or the data is shared', () => {
    expect(parseEnv({ HOST: '0.0.0.0' }).stripe.mode).toBe('off');
    expect(parseEnv(withDatabase()).stripe.mode).toBe('off');
  });

  it('is live with a key, and simulated only when forced', () => {
    expect(parseEnv({ STRIPE_SECRET_KEY: 'sk_test_1' }).stripe).toMatchObject({ mode: 'live', secretKey: 'sk_test_1' });
    expect(parseEnv({ HOST: '0.0.0.0', STRIPE_MODE: 'simulator' }).stripe.mode).toBe('simulator');
  });
});

describe('gateway processes', () => {
  it('need Redis in plural, or every process would keep limits of its own', () => {
    expect(() => parseEnv({ WORKERS: '2' })).toThrow('needs REDIS_URL');
    expect(parseEnv({ WORKERS: '2', REDIS_URL: 'redis://127.0.0.1' }).workers).toBe(2);
  });
});
