import { Duplex } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import { Decompress } from 'fzstd';

/** Four bytes can stand for 128 KiB: a slice this small never unpacks to more than a few MiB at once. */
const SLICE_BYTES = 64;
/** A frame asks for this much memory before it gives a byte; compressors ask for 8 MiB, or 128 in their longest mode. */
const MAX_WINDOW_BYTES = 128 * 1024 * 1024;
const HEADER_BYTES = 18;
/** Unpacked at a stretch, before everything else in the process has its turn. */
const STRETCH_BYTES = 512 * 1024;

/**
 * Zstandard as a stream: Node 20 has none of its own. It unpacks no faster than its reader takes, so that a reader which
 * has seen enough of a bomb stops it by `destroy`.
 */
export function createZstdDecompress(): Duplex {
  return Duplex.from(unpack);
}

async function* unpack(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let unpacked: Uint8Array[] = [];
  const decoder = new Decompress((bytes) => {
    if (bytes.length > 0) unpacked.push(bytes);
  });
  let stretch = 0;
  let head: Buffer | null = Buffer.alloc(0);
  for await (const piece of source) {
    if (head && head.length < HEADER_BYTES) {
      head = Buffer.concat([head, piece.subarray(0, HEADER_BYTES)]);
      if (windowOf(head) > MAX_WINDOW_BYTES) throw new RangeError('the frame asks for too large a window');
    } else head = null;
    for (let at = 0; at < piece.length; at += SLICE_BYTES) {
      decoder.push(piece.subarray(at, at + SLICE_BYTES));
      if (unpacked.length === 0) continue;
      const ready = unpacked;
      unpacked = [];
      yield* ready;
      stretch += ready.reduce((sum, { length }) => sum + length, 0);
      if (stretch < STRETCH_BYTES) continue;
      stretch = 0;
      await breathe();
    }
  }
  decoder.push(new Uint8Array(0), true);
  yield* unpacked;
}

/** How much memory the first frame asks for (RFC 8878 §3.1.1.1); 0 while its header is not all here. */
function windowOf(head: Buffer): number {
  const descriptor = head[4];
  if (descriptor === undefined) return 0;
  if ((descriptor & 0x20) === 0) {
    const window = head[5];
    if (window === undefined) return 0;
    const base = 2 ** (10 + (window >> 3));
    return base + (base / 8) * (window & 7);
  }
  const at = 5 + ([0, 1, 2, 4][descriptor & 3] ?? 0);
  const size = [1, 2, 4, 8][descriptor >> 6] ?? 1;
  return head.length < at + size ? 0 : size === 8 ? Number(head.readBigUInt64LE(at)) : head.readUIntLE(at, size);
}
