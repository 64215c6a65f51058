// The yardstick: the least a proxy can do in Node. It reads the body, parses it, forwards it through an undici pool,
// passes the answer on and reads the usage out of it. No keys, no limits, no money, no rows.
import http from 'node:http';
import { Pool } from 'undici';

const upstream = new URL(process.env.UPSTREAM ?? '');
const pool = new Pool(upstream.origin, { connections: 512, headersTimeout: 0, bodyTimeout: 0 });
let tokens = 0;

const server = http.createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => void forward(Buffer.concat(pieces), request.url ?? '/', response));
});

async function forward(body: Buffer, path: string, response: http.ServerResponse): Promise<void> {
  const asked = JSON.parse(body.toString()) as { stream?: boolean };
  const answer = await pool.request({ method: 'POST', path: upstream.pathname + path.replace(/^\/v1/, ''), headers: { 'content-type': 'application/json' }, body });
  if (!asked.stream) {
    const text = await answer.body.text();
    tokens += (JSON.parse(text) as { usage: { total_tokens: number } }).usage.total_tokens;
    response.writeHead(answer.statusCode, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    response.end(text);
    return;
  }
  response.writeHead(answer.statusCode, { 'content-type': 'text/event-stream' });
  let rest = '';
  for await (const piece of answer.body) {
    response.write(piece);
    const lines = (rest + String(piece)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data: {')) continue;
      const chunk = JSON.parse(line.slice(6)) as { usage?: { total_tokens: number } | null };
      if (chunk.usage) tokens += chunk.usage.total_tokens;
    }
  }
  response.end();
}

server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
});

process.once('SIGTERM', () => {
  process.stderr.write(`the raw proxy counted ${tokens} tokens\n`);
  process.exit(0);
});
