import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processIdentity } from './live-process';
import { acquireOwnerLock } from './owner-lock';

const url = 'http://127.0.0.1:3000';
let dataDir = '';
const file = () => path.join(dataDir, 'owner.lock');
const leave = (holder: object) => writeFileSync(file(), JSON.stringify({ host: os.hostname(), url, ...holder }));
beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'fairlead-lock-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('a DATA_DIR', () => {
  it('has one owner; a second start says who it is', async () => {
    const lock = await acquireOwnerLock(dataDir, url);
    await expect(acquireOwnerLock(dataDir, url)).rejects.toThrow(`already running on DATA_DIR ${dataDir} (process ${process.pid}, ${url})`);
    lock.release();
    (await acquireOwnerLock(dataDir, url)).release();
    expect(existsSync(file())).toBe(false);
  });

  it('goes to exactly one of many that start at once over a dead owner', async () => {
    leave({ pid: 2 ** 22 - 1, identity: 'gone' });
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => acquireOwnerLock(dataDir, url)));
    const winners = results.filter((result) => result.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    winners[0]?.value.release();
  });

  it('is free at once when its owner was killed, even if another process got its number', async () => {
    leave({ pid: process.pid, identity: 'another boot:1' });
    (await acquireOwnerLock(dataDir, url)).release();
  });

  it('is free when the lock is empty or torn', async () => {
    writeFileSync(file(), '{"pid":');
    (await acquireOwnerLock(dataDir, url)).release();
  });

  it('is waited for while its owner is stopping', async () => {
    const owner = spawn('sleep', ['0.6']);
    const startedAt = performance.now();
    leave({ pid: owner.pid, identity: processIdentity(owner.pid ?? 0), isStopping: true });
    const lock = await acquireOwnerLock(dataDir, url);
    expect(performance.now() - startedAt).toBeGreaterThan(500);
    lock.release();
  });

  it('is not taken from another machine that showed life lately, only from one that fell silent', async () => {
    leave({ pid: 1, identity: 'x', host: 'elsewhere.example.com' });
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(file(), longAgo, longAgo);
    const lock = await acquireOwnerLock(dataDir, url);
    expect(JSON.parse(readFileSync(file(), 'utf8')).pid).toBe(process.pid);
    lock.release();
  });
});
