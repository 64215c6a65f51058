import pino, { type Logger } from 'pino';
import { env } from '@/lib/env';
import { redact } from './redact';

export { redact } from './redact';

let root: Logger | undefined;

/** Made at the first line, so that importing this module never parses the environment. */
function rootLogger(): Logger {
  if (root) return root;
  const { logLevel, role } = env();
  // The command line prints its answers on standard output, so its log goes to the other one.
  const destination = pino.destination({ dest: role === 'cli' ? 2 : 1, sync: true });
  root = pino(
    {
      level: logLevel,
      base: { process: role },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: redact },
    },
    destination,
  );
  return root;
}

export type Log = Pick<Logger, 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'child' | 'isLevelEnabled'>;

/**
 * The log: one line of JSON each, secrets taken out. `log.info({ requestId }, 'settled late')`.
 * Guard what is expensive to build with `log.isLevelEnabled`.
 */
export const log: Log = new Proxy({} as Log, {
  get(_target, method: keyof Log) {
    const logger = rootLogger();
    return logger[method].bind(logger);
  },
});
