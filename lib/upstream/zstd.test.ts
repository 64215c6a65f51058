import { expect, it } from 'vitest';
import { zstdBomb, zstdFrame } from '@/lib/testing/suites/surfaces/raw-http';
import { createZstdDecompress } from './zstd';

it('unpacks a frame however it is cut', async () => {
  const content = Buffer.from('你好🙂 '.repeat(1_000));
  for (const size of [1, 7, 100_000]) {
    const stream = createZstdDecompress();
    const frame = zstdFrame(content);
    for (let at = 0; at < frame.length; at += size) stream.write(frame.subarray(at, at + size));
    stream.end();
    const pieces: Buffer[] = [];
    for await (const piece of stream) pieces.push(Buffer.from(piece as Uint8Array));
    expect(Buffer.concat(pieces).equals(content)).toBe(true);
  }
});

it('stops unpacking a bomb when its reader has seen enough (G05)', async () => {
  const stream = createZstdDecompress();
  let seen = 0;
  stream.on('data', (piece: Uint8Array) => {
    seen += piece.length;
    if (seen > 1_000_000) stream.destroy();
  });
  stream.end(zstdBomb(800));
  await new Promise((resolve) => stream.on('close', resolve));
  expect(seen).toBeLessThan(10_000_000);
});

it('refuses a frame that asks for a gigabyte before it gives a byte (G05)', async () => {
  const stream = createZstdDecompress();
  stream.end(zstdBomb(8_000));
  await expect(stream.resume().toArray()).rejects.toThrow(/window/);
});

it('says that a damaged frame is damaged', async () => {
  const stream = createZstdDecompress();
  stream.end(Buffer.from('not zstd at all, and long enough to be read as a header'));
  await expect(stream.resume().toArray()).rejects.toThrow();
});
