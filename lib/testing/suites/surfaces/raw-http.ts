import http from 'node:http';
import net from 'node:net';

/** Sends bytes as they are and collects what comes back until the peer closes, or for `waitMs`. */
export function sendRaw(baseUrl: string, bytes: string | Buffer, waitMs = 1_500): Promise<string> {
  const { port } = new URL(baseUrl);
  return new Promise((resolve) => {
    const socket = net.connect(Number(port), '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    const done = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(done, waitMs);
    socket.on('data', (piece) => (answer += piece.toString('latin1')));
    socket.on('close', done);
    socket.on('error', done);
  });
}

export interface OpenCall {
  /** The head of the answer. */
  response: http.IncomingMessage;
  /** Breaks the connection. */
  leave(): void;
}

/** Starts a call and stops reading once its head is there. */
export function openCall(url: string, key: string, body: object): Promise<OpenCall> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent: false, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' } }, (response) => {
      response.pause();
      response.on('error', () => undefined);
      resolve({ response, leave: () => request.destroy() });
    });
    request.on('error', reject);
    request.end(JSON.stringify(body));
  });
}

/** A frame of Zstandard that holds its content as it is: Node 20 cannot compress with it, but any reader must take this. */
export function zstdFrame(content: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(content.length);
  const block = Buffer.alloc(3);
  block.writeUIntLE((content.length << 3) | 1, 0, 3);
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0]), size, block, content]);
}

/** A frame of Zstandard that unpacks to this many blocks of 128 KiB from four bytes each. */
export function zstdBomb(blocks: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(blocks * 131_072);
  const parts = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0]), size];
  for (let index = 0; index < blocks; index++) {
    const block = Buffer.alloc(4, 0x20);
    block.writeUIntLE((131_072 << 3) | (1 << 1) | (index === blocks - 1 ? 1 : 0), 0, 3);
    parts.push(block);
  }
  return Buffer.concat(parts);
}
