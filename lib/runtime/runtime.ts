import type { RouteDeps } from '@/lib/gateway';

/** The live state of a process that serves inference. There is exactly one. */
export interface Runtime {
  deps: RouteDeps;
  /** True while every dependency answers: what /readyz says. */
  ready(): Promise<boolean>;
  /** Refuses new calls, lets running ones end within the drain time, stores everything and closes. */
  stop(): Promise<void>;
}

const SLOT = Symbol.for('fairlead.runtime');

interface Holder {
  [SLOT]?: { booting: Promise<Runtime> };
}

/**
 * The one runtime of this process. It hangs on a global symbol because a web framework compiles its own copies of our
 * modules: two copies must still share one ledger, one limiter and one policy.
 */
export function holdRuntime(boot: () => Promise<Runtime>): Promise<Runtime> {
  const holder = globalThis as Holder;
  if (!holder[SLOT]) {
    const booting = boot();
    holder[SLOT] = { booting };
    booting.catch(() => {
      holder[SLOT] = undefined;
    });
  }
  return holder[SLOT].booting;
}

/** The runtime, once booted. Throws where none was started, such as in the console process. */
export function gatewayRuntime(): Promise<Runtime> {
  const held = (globalThis as Holder)[SLOT];
  if (!held) throw new Error('this process serves no inference: its runtime was not booted');
  return held.booting;
}

export function hasRuntime(): boolean {
  return (globalThis as Holder)[SLOT] !== undefined;
}
