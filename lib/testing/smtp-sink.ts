import { createServer, type Socket } from 'node:net';

export interface SinkMail {
  from: string;
  to: string[];
  /** Headers and body as they came over the wire. */
  raw: string;
}

export interface SmtpSink {
  url: string;
  mails: SinkMail[];
  /** Answers the next `count` deliveries with a temporary failure. */
  refuse(count: number): void;
  close(): Promise<void>;
}

/** A real SMTP server on a loopback port that keeps what it is given. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: SinkMail[] = [];
  const open = new Set<Socket>();
  let refusals = 0;
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    let from = '';
    let to: string[] = [];
    let data: string | null = null;
    let rest = '';
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 sink ESMTP');
    socket.setEncoding('utf8');
    socket.on('data', (piece: string) => {
      rest += piece;
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (data !== null) {
          if (line !== '.') data += `${line.startsWith('..') ? line.slice(1) : line}\n`;
          else {
            mails.push({ from, to, raw: data });
            data = null;
            to = [];
            say('250 kept');
          }
          continue;
        }
        const verb = line.slice(0, 4).toUpperCase();
        if (verb === 'EHLO' || verb === 'HELO') say('250 sink');
        else if (verb === 'MAIL') {
          if (refusals > 0) {
            refusals -= 1;
            say('451 try again later');
          } else {
            from = /<(.*?)>/.exec(line)?.[1] ?? '';
            say('250 ok');
          }
        } else if (verb === 'RCPT') {
          to.push(/<(.*?)>/.exec(line)?.[1] ?? '');
          say('250 ok');
        } else if (verb === 'DATA') {
          data = '';
          say('354 go on');
        } else if (verb === 'QUIT') {
          say('221 bye');
          socket.end();
        } else say('250 ok');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuse: (count) => {
      refusals = count;
    },
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
