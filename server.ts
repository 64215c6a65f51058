import { fileURLToPath } from 'node:url';
import { assumeRole, env, loadEnvFiles } from '@/lib/env';
import { EXIT_NO_RESTART, endWithSupervisor, liveAsChild } from '@/lib/runtime/child-life';
import { printStartError, runSupervisor } from '@/lib/runtime/supervisor';

// One file, three processes: started by hand it is the supervisor, which runs it again as gateway and as console.
const GATEWAY_DRAIN_MS = 11_500;
const CONSOLE_DRAIN_MS = 1_500;

async function runGateway(): Promise<void> {
  endWithSupervisor();
  const { port, host, consoleSocketPath = '' } = env();
  const { startGateway } = await import('@/lib/http/gateway-process');
  const gateway = await startGateway({ port, host, consoleSocketPath });
  liveAsChild({ stop: () => gateway.stop(), drainMs: GATEWAY_DRAIN_MS, owner: gateway.owner });
}

async function runConsole(): Promise<void> {
  endWithSupervisor();
  const { consoleSocketPath = '' } = env();
  const { startConsole } = await import('@/lib/runtime/console-process');
  const server = await startConsole({ socketPath: consoleSocketPath });
  liveAsChild({ stop: () => server.stop(), drainMs: CONSOLE_DRAIN_MS });
}

async function run(): Promise<void> {
  loadEnvFiles();
  if (env().role === 'gateway') return runGateway();
  if (env().role === 'console') return runConsole();
  assumeRole('supervisor');
  return runSupervisor(fileURLToPath(import.meta.url));
}

try {
  await run();
} catch (error) {
  printStartError(error);
  const { name } = error as Error;
  process.exit(process.connected && name === 'StartError' ? EXIT_NO_RESTART : 1);
}
