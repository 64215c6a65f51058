import type { Duplex } from 'node:stream';
import zlib from 'node:zlib';
import { FairleadError } from '@/lib/kernel/errors';
import { createZstdDecompress } from '@/lib/upstream';

interface Feed {
  data(bytes: Uint8Array): void;
  end(): void;
  fail(error: unknown): void;
}

/**
 * Collects a request body of at most `limitBytes`, decompressed where the client compressed it: a bomb is refused when
 * its output passes the limit, a larger body is refused and never cut. `start` connects the source and returns what lets
 * the rest of it flow into nothing.
 */
export function collectBody(encoding: string | string[] | undefined, limitBytes: number, start: (feed: Feed) => () => void): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Uint8Array[] = [];
    let size = 0;
    let over = false;
    let discard: () => void = () => undefined;
    const settle = (finish: () => void) => {
      if (over) return;
      over = true;
      finish();
    };
    const keep = (bytes: Uint8Array) => {
      if (over) return;
      size += bytes.byteLength;
      if (size > limitBytes) {
        settle(() => reject(new FairleadError('request_too_large', `The request body is larger than ${Math.floor(limitBytes / 1024 / 1024)} MiB.`)));
        inflate?.destroy();
        discard();
      } else {
        pieces.push(bytes);
      }
    };
    const done = () => settle(() => resolve(pieces.length === 1 ? asBuffer(pieces[0] as Uint8Array) : Buffer.concat(pieces)));
    const fail = (error: unknown) => settle(() => reject(error));

    const inflate = decompressor(encoding, fail);
    if (over) {
      // The refusal is on its way; what the client still sends must flow away, or its connection breaks before it reads that.
      start({ data: () => undefined, end: () => undefined, fail: () => undefined })();
      return;
    }
    if (inflate) {
      inflate.on('data', keep);
      inflate.on('end', done);
      inflate.on('error', () => fail(new FairleadError('invalid_request', 'The compressed request body is damaged.')));
    }
    discard = start({
      data: (bytes) => {
        if (over) return;
        if (inflate) inflate.write(bytes);
        else keep(bytes);
      },
      end: () => (inflate ? inflate.end() : done()),
      fail,
    });
  });
}

function decompressor(encoding: string | string[] | undefined, fail: (error: unknown) => void): Duplex | null {
  switch (encoding ?? 'identity') {
    case 'identity':
    case '':
      return null;
    case 'gzip':
      return zlib.createGunzip();
    case 'br':
      return zlib.createBrotliDecompress();
    case 'deflate':
      return zlib.createInflate();
    case 'zstd':
      return createZstdDecompress();
    default:
      fail(new FairleadError('unsupported_media_type', 'The content encoding of the request is not supported; send gzip, br, deflate or zstd.'));
      return null;
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
