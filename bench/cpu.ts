import { readdirSync, readFileSync } from 'node:fs';

/** CPU milliseconds spent so far by a process tree: by what serves inference in it, and by its Postgres. */
export interface CpuTime {
  nodeMs: number;
  postgresMs: number;
}

/** Clock ticks of /proc are 10 ms on every Linux that Node runs on. */
const TICK_MS = 10;

/** Null where there is no /proc. A tree without a gateway of its own (the raw proxy, `next start`) counts its Node processes. */
export function readCpu(root: number): CpuTime | null {
  try {
    const processes = readdirSync('/proc').map(Number).filter((pid) => pid > 0).flatMap(read);
    const tree = new Set([root]);
    for (let grown = true; grown; ) {
      const before = tree.size;
      for (const { pid, parent } of processes) if (tree.has(parent)) tree.add(pid);
      grown = tree.size > before;
    }
    const own = processes.filter(({ pid }) => tree.has(pid));
    const sum = (some: typeof own) => some.reduce((total, { ms }) => total + ms, 0);
    const node = own.filter(({ name }) => name !== 'postgres');
    const gateways = node.filter(({ command }) => command.includes('--max-semi-space-size'));
    return { nodeMs: sum(gateways.length > 0 ? gateways : node), postgresMs: sum(own.filter(({ name }) => name === 'postgres')) };
  } catch {
    return null;
  }
}

function read(pid: number) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = stat.lastIndexOf(')');
    const fields = stat.slice(end + 2).split(' ');
    const ms = (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    return [{ pid, name: stat.slice(stat.indexOf('(') + 1, end), parent: Number(fields[1]), ms, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') }];
  } catch {
    // It ended while we looked.
    return [];
  }
}
