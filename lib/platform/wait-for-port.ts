import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from './start-error';

const PATIENCE_MS = 5_000;

/** Waits until the port can be listened on: a killed predecessor needs a moment to let go of it. */
export async function waitForPort(port: number, host: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const code = await tryToListen(port, host);
    if (code === null) return;
    if (code !== 'EADDRINUSE') throw new StartError(`HOST and PORT: cannot listen on ${host}:${port} (${code}).`);
    if (performance.now() > deadline) throw new StartError(`PORT ${port} on ${host} is in use by another program. Stop it, or set another PORT.`);
    await delay(100);
  }
}

function tryToListen(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(null)));
  });
}
