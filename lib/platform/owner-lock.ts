import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive, processIdentity } from './live-process';
import { StartError } from './start-error';

const HEARTBEAT_MS = 5_000;
const STALE_MS = 20_000;
/** An owner whose npm was just killed needs a moment to notice. */
const NOTICE_MS = 1_500;

interface Holder {
  pid: number;
  identity: string | null;
  host: string;
  url: string;
  isStopping?: true;
}

export interface OwnerLock {
  /** Says that the holder is on its way out: a start that comes now waits instead of refusing. */
  markStopping(): void;
  release(): void;
}

/** One product per DATA_DIR. A second one says who is first; a lock left by a killed process is taken over at once. */
export async function acquireOwnerLock(dataDir: string, url: string): Promise<OwnerLock> {
  const file = path.join(dataDir, 'owner.lock');
  const mine: Holder = { pid: process.pid, identity: processIdentity(process.pid), host: os.hostname(), url };
  const startedAt = performance.now();
  while (!claim(file, mine)) {
    const text = read(file);
    if (text === null) continue;
    const holder = parse(text);
    if (!holder || !isHeld(holder, file)) {
      takeAway(file, text);
    } else if (performance.now() - startedAt < (mayPass(holder) ? STALE_MS + HEARTBEAT_MS : NOTICE_MS)) {
      await delay(100);
    } else {
      throw new StartError(
        `Fairlead is already running on DATA_DIR ${dataDir} (process ${holder.pid}${holder.host === os.hostname() ? '' : ` on ${holder.host}`}, ${holder.url}). Stop it first, or set another DATA_DIR.`,
      );
    }
  }

  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS);
  heartbeat.unref();
  const isMine = () => parse(read(file) ?? '')?.identity === mine.identity;
  return {
    markStopping() {
      if (isMine()) writeFileSync(file, JSON.stringify({ ...mine, isStopping: true }));
    },
    release() {
      clearInterval(heartbeat);
      if (isMine()) rmSync(file, { force: true });
    },
  };
}

/** Creates the lock whole or not at all: a link either appears with its content or fails. */
function claim(file: string, holder: Holder): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(holder));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function isHeld(holder: Holder, file: string): boolean {
  // Process numbers of another machine or container mean nothing here: then only the heartbeat counts.
  if (holder.host !== os.hostname()) return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) < STALE_MS;
  return isAlive(holder.pid) && processIdentity(holder.pid) === holder.identity;
}

/** A holder that is stopping, or that another container left behind a moment ago, is worth a short wait. */
function mayPass(holder: Holder): boolean {
  return holder.isStopping === true || holder.host !== os.hostname();
}

/** Removes a stale lock. Should it have changed hands in between, the new holder's lock is put back. */
function takeAway(file: string, expected: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (read(aside) !== expected) {
    try {
      linkSync(aside, file);
    } catch {
      // Someone claimed it again already.
    }
  }
  rmSync(aside, { force: true });
}

function touch(file: string): void {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // The folder was removed under us; there is nothing left to own.
  }
}

function parse(text: string): Holder | null {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return null;
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
