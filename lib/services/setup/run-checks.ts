import { env } from '@/lib/env';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';

export type CheckId = 'database' | 'gateway' | 'encryption' | 'address' | 'mail' | 'billing' | 'limits' | 'clock';

export interface SetupCheck {
  id: CheckId;
  /** `ok`: nothing to do. `note`: fine on this machine, not for the public. `problem`: something will fail. */
  state: 'ok' | 'note' | 'problem';
  /** Which sentence describes it (a key of the messages) and what fills it. */
  message: string;
  values: Record<string, string | number>;
  /** The exact line to add to the environment; null where there is nothing to add. */
  line: string | null;
}

/** A process that was seen within this time is running. */
const ALIVE_MS = 60_000;
const SKEW_MS = 2_000;

/** What stands between this installation and other people using it, each with the line that mends it. */
export async function runChecks(_args: { ctx: OperatorCtx }): Promise<SetupCheck[]> {
  const { server, migrations, alive } = await asSystem(async (tx) => ({
    server: (await tx.$queryRaw<{ version: string; now: Date }[]>`SELECT current_setting('server_version') AS version, clock_timestamp() AS now`)[0] as { version: string; now: Date },
    migrations: await tx.$queryRaw<{ count: bigint }[]>`SELECT count(*) AS count FROM job_run`.then(
      () => true,
      () => false,
    ),
    alive: await tx.heartbeat.count({ where: { seenAt: { gt: new Date(Date.now() - ALIVE_MS) } } }),
  }));
  const { appUrl, isAppUrlGiven, isLoopback, isDatabaseEmbedded, smtpUrl, stripe, redisUrl, workers, dataDir } = env();
  const skewMs = Math.abs(server.now.getTime() - Date.now());
  const isSecure = appUrl.startsWith('https://');
  return [
    { id: 'database', state: migrations ? 'ok' : 'problem', message: isDatabaseEmbedded ? 'embedded' : 'external', values: { version: server.version, folder: dataDir }, line: null },
    { id: 'gateway', state: alive > 0 ? 'ok' : 'problem', message: alive > 0 ? 'running' : 'stopped', values: { count: alive }, line: null },
    isDatabaseEmbedded
      ? { id: 'encryption', state: 'ok', message: 'generated', values: { folder: dataDir }, line: null }
      : { id: 'encryption', state: 'ok', message: 'given', values: {}, line: null },
    isSecure
      ? { id: 'address', state: 'ok', message: 'https', values: { url: appUrl }, line: null }
      : { id: 'address', state: isLoopback ? 'note' : 'problem', message: isAppUrlGiven ? 'http' : 'derived', values: { url: appUrl }, line: 'APP_URL=https://gateway.example.com' },
    smtpUrl
      ? { id: 'mail', state: 'ok', message: 'given', values: { host: hostOf(smtpUrl) }, line: null }
      : { id: 'mail', state: isLoopback ? 'note' : 'problem', message: 'missing', values: {}, line: 'SMTP_URL=smtps://user:password@smtp.example.com:465' },
    stripe.mode === 'live'
      ? { id: 'billing', state: stripe.webhookSecret ? 'ok' : 'note', message: stripe.webhookSecret ? 'live' : 'noWebhookSecret', values: {}, line: stripe.webhookSecret ? null : 'STRIPE_WEBHOOK_SECRET=whsec_…' }
      : { id: 'billing', state: 'note', message: stripe.mode, values: {}, line: 'STRIPE_SECRET_KEY=sk_live_…' },
    redisUrl
      ? { id: 'limits', state: 'ok', message: 'redis', values: { workers }, line: null }
      : { id: 'limits', state: 'ok', message: 'memory', values: {}, line: null },
    { id: 'clock', state: skewMs < SKEW_MS ? 'ok' : 'problem', message: skewMs < SKEW_MS ? 'agree' : 'differ', values: { ms: Math.round(skewMs) }, line: null },
  ];
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return '';
  }
}
