import net, { type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { UpstreamFault } from '@/lib/providers/contract';
import { callUpstream, type UpstreamCall } from './call-upstream';
import { createUpstreamPools, type UpstreamPools } from './pools';

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n';
const WORD = '5\r\nhello\r\n';
const END = '0\r\n\r\n';

let pools: UpstreamPools;
let server: net.Server;
let sockets: net.Socket[];
/** What the provider does with each request on a connection; `count` says the how-manieth it is on that connection. */
let answer: (socket: net.Socket, count: number) => void;

beforeEach(async () => {
  pools = createUpstreamPools({ allowPrivate: true });
  sockets = [];
  server = net.createServer((socket) => {
    sockets.push(socket);
    let count = 0;
    socket.on('error', () => undefined);
    socket.on('data', () => answer(socket, ++count));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  vi.useRealTimers();
  for (const socket of sockets) socket.destroy();
  server.close();
  await pools.close();
});

/** Asks once. `onWord` hears the answer's text as it comes. */
function ask(onWord: (call: UpstreamCall) => void = () => undefined): Promise<UpstreamFault | 'ended'> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve) => {
    const call = callUpstream(pools, { url: new URL(`http://127.0.0.1:${port}/v1/chat/completions`), headers: {}, body: '{}', connectMs: 1_000 }, {
      connected: () => undefined,
      head: () => undefined,
      data: () => queueMicrotask(() => onWord(call)),
      end: () => resolve('ended'),
      fail: resolve,
    });
  });
}

/** A socket goes back to its pool a moment after its answer ended. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 30));

it('a socket that the provider closed while it rested is not used again', async () => {
  answer = (socket) => {
    socket.write(HEAD + WORD + END);
    setTimeout(() => socket.end(), 5);
  };
  for (let call = 0; call < 5; call++) {
    expect(await ask()).toBe('ended');
    await rest();
  }
  expect(sockets).toHaveLength(5);
});

it('one that breaks under a second request is a fault that may be tried again, and the next call gets another', async () => {
  answer = (socket, count) => (count === 1 ? socket.write(HEAD + WORD + END) : socket.resetAndDestroy());
  expect(await ask()).toBe('ended');
  await rest();
  expect(await ask()).toMatchObject({ kind: 'interrupted', retry: 'same' });
  expect(await ask()).toBe('ended');
});

it('an answer that is whole and does not end loses its socket; one that ends leaves it for the next call', async () => {
  answer = (socket, count) => socket.write(HEAD + WORD + (count === 1 ? END : ''));
  const released = (call: UpstreamCall) => call.release();
  void ask(released);
  await vi.waitFor(() => expect(sockets).toHaveLength(1));
  await rest();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  void ask(released);
  await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
  expect([sockets.length, sockets[0]?.destroyed]).toEqual([1, false]);
  vi.advanceTimersByTime(1_000);
  vi.useRealTimers();
  await vi.waitFor(() => expect(sockets[0]?.destroyed).toBe(true));
});
