import { Transform } from 'node:stream';
import { Decompress } from 'fzstd';

/** Zstandard as a stream: Node 20 has none of its own. Its output is handed on as it comes, so a reader can stop a bomb. */
export function createZstdDecompress(): Transform {
  const transform = new Transform({
    transform(bytes: Uint8Array, _encoding, done) {
      try {
        decoder.push(bytes);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      try {
        decoder.push(new Uint8Array(0), true);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
  const decoder = new Decompress((bytes) => {
    // A reader that has seen enough destroys the stream; the rest of the block is not worth unpacking.
    if (transform.destroyed) throw new Error('the reader stopped');
    if (bytes.length > 0) transform.push(bytes);
  });
  return transform;
}
