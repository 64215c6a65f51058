import { expect, test } from 'vitest';
import { ClientStream } from './client-stream';
import type { Exchange } from './exchange';
import { StoredRow } from './stored-row';

const MIB = 1024 * 1024;

/** A stream whose row is stored when the test says so, and what its upstream was told. */
function streamWithSlowRow(takes: boolean) {
  const told: string[] = [];
  let stored = () => {};
  let drained = () => {};
  const row = new StoredRow(() => new Promise((resolve) => (stored = resolve)));
  const exchange = {
    left: false,
    started: false,
    head: () => undefined,
    write: (piece: string | Uint8Array) => {
      told.push(`wrote ${piece.length / MIB} MiB`);
      return takes;
    },
    drained: () => new Promise<void>((resolve) => (drained = resolve)),
  } as unknown as Exchange;
  const client = new ClientStream(exchange, row, null);
  const opened = client.open({ pause: () => told.push('pause'), resume: () => told.push('resume') }, () => ({}));
  return {
    client,
    told,
    async store() {
      stored();
      await opened;
    },
    async drain() {
      drained();
      await Promise.resolve();
    },
  };
}

test('what waits for the row of its call is bounded: the provider waits too, and goes on once it is stored', async () => {
  const { client, told, store } = streamWithSlowRow(true);
  client.write('x'.repeat(MIB));
  expect(told).toEqual([]);
  client.write('x'.repeat(MIB));
  expect(told).toEqual(['pause']);
  await store();
  expect(told).toEqual(['pause', 'wrote 2 MiB', 'resume']);
});

test('a client that reads slowly keeps the provider waiting after the row is stored', async () => {
  const { client, told, store, drain } = streamWithSlowRow(false);
  client.write('x'.repeat(2 * MIB));
  await store();
  expect(told).toEqual(['pause', 'wrote 2 MiB', 'pause']);
  await drain();
  expect(told.at(-1)).toBe('resume');
});
