import { closeSync, existsSync, fdatasync, ftruncateSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, write } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Settlement } from './settlement';
import type { RequestRow } from './types';

const sync = promisify(fdatasync);
const append = promisify<number, Buffer, number>((fd, bytes, done) => write(fd, bytes, done));

/** What a journal keeps of a settlement: slices are memory of a process that may be gone, their accounts are not. */
export type JournalEntry = Omit<Settlement, 'moves'> & { moves: { account: string; spent: string; leased: boolean }[] };

type Line = { opened: RequestRow } | { settled: JournalEntry };

/**
 * Calls in flight while the database cannot store them: appended to a file of this process, on disk before the answer goes
 * on. Emptied when the database has everything; what a dead process left is replayed by the next start.
 */
export class Journal {
  private fd: number | null = null;
  private writing: Promise<void> = Promise.resolve();

  private readonly file: string;

  constructor(
    private readonly folder: string,
    owner: string,
  ) {
    this.file = path.join(folder, `${owner}.${process.pid}.jsonl`);
  }

  /** Resolves when what ended, and the rows of what began to answer, are on disk. */
  keep(calls: ({ settled: Settlement } | { opened: RequestRow })[]): Promise<void> {
    const lines: Line[] = calls.map((call) => ('settled' in call ? { settled: entryOf(call.settled) } : call));
    const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line, asText)}\n`).join(''));
    this.writing = this.writing.then(async () => {
      if (this.fd === null) {
        mkdirSync(this.folder, { recursive: true, mode: 0o700 });
        this.fd = openSync(this.file, 'a', 0o600);
      }
      for (let at = 0; at < bytes.byteLength; ) at += await append(this.fd, bytes.subarray(at));
      await sync(this.fd);
    });
    return this.writing;
  }

  /** Everything that was kept before is in the database. */
  clear(): Promise<void> {
    // In line with the writing: what is kept from now on comes after it.
    this.writing = this.writing.catch(() => undefined).then(() => {
      if (this.fd !== null) ftruncateSync(this.fd);
    });
    return this.writing;
  }

  async close(): Promise<void> {
    await this.writing.catch(() => undefined);
    if (this.fd === null) return;
    closeSync(this.fd);
    this.fd = null;
    if (readFileSync(this.file).byteLength === 0) rmSync(this.file);
  }
}

export interface LeftJournal {
  file: string;
  settled: JournalEntry[];
  /** Rows of calls that had begun to answer and may have no settlement. */
  opened: RequestRow[];
}

/** What predecessors in this folder left behind. A last line that a crash cut short was never answered. */
export function readJournals(folder: string, isGone: (pid: number) => boolean): LeftJournal[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl') && isGone(Number(name.split('.')[1])))
    .map((name) => {
      const file = path.join(folder, name);
      const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1).map((line) => JSON.parse(line) as Line);
      return {
        file,
        settled: lines.flatMap((line) => ('settled' in line ? [revive(line.settled)] : [])),
        opened: lines.flatMap((line) => ('opened' in line ? [line.opened] : [])),
      };
    });
}

function entryOf(settlement: Settlement): JournalEntry {
  return { ...settlement, moves: settlement.moves.map(({ account, slice, spent }) => ({ account, spent: spent.toString(), leased: slice !== null })) };
}

function asText(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

/** Buffers come back from JSON as {type, data}, amounts as text. */
function revive(entry: JournalEntry): JournalEntry {
  return {
    ...entry,
    legs: entry.legs.map((leg) => ({ ...leg, amount: BigInt(leg.amount) })),
    bodies: entry.bodies.map((body) => ({ ...body, content: Buffer.from(body.content as unknown as Parameters<typeof Buffer.from>[0]) })),
  };
}
