import { type ChildProcess, fork } from 'node:child_process';
import cluster from 'node:cluster';
import { childEnvironment } from '@/lib/env';
import { log } from '@/lib/log';
import { StartError } from '@/lib/platform';
import { type ChildMessage, EXIT_NO_RESTART } from './child-life';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 15_000;
/** A child that lived this long was fine: the next crash counts as the first again. */
const HEALTHY_MS = 60_000;
const FAILED_STARTS = 3;

interface Options {
  role: 'gateway' | 'console';
  entry: string;
  consoleSocketPath: string;
  /** Set where several gateway processes take turns on one port. */
  worker?: { index: number };
  /** Called when a child that leased from the ledger died; the next one starts after it. */
  onDied?: (dead: { owner: string; pid: number }) => Promise<void>;
  /** Called when the child ended in order without being asked: someone sent it SIGTERM. */
  onLeft: () => void;
  /** Called when the child cannot be kept alive. */
  onFailed: (error: StartError) => void;
}

/** A call leaves only short-lived objects behind; with room for them the gateway collects far less often. */
const NODE_OPTIONS = { gateway: ['--max-semi-space-size=64'], console: [] } as const;

/** One child process: started, started again with growing pauses when it crashes, and stopped. */
export class SupervisedChild {
  private child: ChildProcess | null = null;
  private isStopping = false;
  private wasReady = false;
  private crashes = 0;
  private pause: NodeJS.Timeout | null = null;
  /** The child's name in the ledger. */
  private owner: string | null = null;

  constructor(private readonly options: Options) {}

  /** Resolves when the child says that it is ready for the first time. */
  start(): Promise<void> {
    return new Promise((resolve) => this.spawn(resolve));
  }

  private spawn(onReady: () => void): void {
    const { role } = this.options;
    const startedAt = performance.now();
    const child = this.run();
    this.child = child;
    child.on('message', (message: ChildMessage) => {
      if (message.type !== 'ready') return;
      this.wasReady = true;
      this.owner = message.owner ?? null;
      onReady();
    });
    child.once('error', (error) => log.error({ err: error, role }, 'a process could not be run'));
    child.once('exit', (code, signal) => {
      this.child = null;
      if (this.isStopping) return;
      if (code === 0) return this.options.onLeft();
      if (performance.now() - startedAt > HEALTHY_MS) this.crashes = 0;
      this.crashes += 1;
      if (code === EXIT_NO_RESTART) return this.options.onFailed(new StartError(`The ${role} process could not start.`));
      if (!this.wasReady && this.crashes >= FAILED_STARTS)
        return this.options.onFailed(new StartError(`The ${role} process ended ${this.crashes} times before it was ready.`));
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (this.crashes - 1), LONGEST_PAUSE_MS);
      log.error({ role, code, signal, pauseMs }, 'a process ended unexpectedly; starting it again');
      const { owner } = this;
      this.owner = null;
      const settled = owner && child.pid ? this.options.onDied?.({ owner, pid: child.pid }) : undefined;
      this.pause = setTimeout(() => void Promise.resolve(settled).then(() => this.isStopping || this.spawn(onReady)), pauseMs);
    });
  }

  private run(): ChildProcess {
    const { role, entry, consoleSocketPath, worker } = this.options;
    const environment = childEnvironment(role, consoleSocketPath, worker?.index) as NodeJS.ProcessEnv;
    const options = { execArgv: [...process.execArgv, ...NODE_OPTIONS[role]], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] as ('ignore' | 'inherit' | 'ipc')[] };
    if (!worker) return fork(entry, { ...options, env: environment });
    // The supervisor owns the port and hands its connections to the workers in turn.
    cluster.setupPrimary({ exec: entry, args: [], ...options });
    return cluster.fork(environment).process;
  }

  /** SIGTERM, and SIGKILL for what is still there after `patienceMs`. */
  async stop(patienceMs: number): Promise<void> {
    this.isStopping = true;
    if (this.pause) clearTimeout(this.pause);
    const { child } = this;
    if (!child) return;
    await new Promise<void>((resolve) => {
      const force = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      child.once('exit', () => {
        clearTimeout(force);
        resolve();
      });
      child.kill('SIGTERM');
    });
  }
}
