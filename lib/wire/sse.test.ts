import { describe, expect, it } from 'vitest';
import { SseParser, sseFrame } from './sse';

interface Heard {
  events: [data: string, name: string][];
  comments: number;
  oversize: number;
}

function hear(pieces: Uint8Array[], maxEventChars?: number): Heard {
  const heard: Heard = { events: [], comments: 0, oversize: 0 };
  const parser = new SseParser(
    {
      onEvent: (data, name) => void heard.events.push([data, name]),
      onComment: () => void heard.comments++,
      onOversize: () => void heard.oversize++,
    },
    maxEventChars,
  );
  for (const piece of pieces) parser.push(piece);
  parser.end();
  return heard;
}

const bytes = (text: string) => Buffer.from(text, 'utf8');
const dataOf = (text: string) => hear([bytes(text)]).events.map(([data]) => data);

describe('the SSE parser', () => {
  it('takes LF, CRLF and lone CR, also mixed', () => {
    for (const end of ['\n', '\r\n', '\r']) expect(dataOf(`data: a${end}${end}data: b${end}${end}`)).toEqual(['a', 'b']);
    expect(dataOf('data: a\r\n\ndata: b\r\rdata: c\n\r\n')).toEqual(['a', 'b', 'c']);
  });

  it('takes data with and without a space, and keeps further spaces', () => {
    expect(dataOf('data:{"a":1}\n\ndata:  two\n\n')).toEqual(['{"a":1}', ' two']);
  });

  it('joins several data lines with a line feed', () => {
    expect(dataOf('data: {\ndata:  "a": 1\ndata: }\n\n')).toEqual(['{\n "a": 1\n}']);
    expect(dataOf('data\ndata\n\n')).toEqual(['\n']);
  });

  it('counts comments, keeps names, skips other fields and blank lines', () => {
    const heard = hear([bytes(': ping\n\n\nevent: delta\nid: 7\nretry: 10\nunknown: x\ndata: a\n\ndata: b\n\n')]);
    expect(heard).toEqual({
      events: [
        ['a', 'delta'],
        ['b', ''],
      ],
      comments: 1,
      oversize: 0,
    });
  });

  it('drops a leading BOM and only a leading one', () => {
    expect(dataOf('\uFEFFdata: a\n\ndata: \uFEFFb\n\n')).toEqual(['a', '\uFEFFb']);
  });

  it('ends the last event without its blank line, and without any line end', () => {
    expect(dataOf('data: a\n')).toEqual(['a']);
    expect(dataOf('data: a')).toEqual(['a']);
  });

  it('replaces bytes that are not UTF-8 and goes on', () => {
    expect(
      hear([Buffer.concat([bytes('data: a'), Buffer.from([0xff]), bytes('\n\ndata: b\n\n'), Buffer.from([0xe4, 0xbd])])]).events.map(([data]) => data),
    ).toEqual(['a\uFFFD', 'b']);
  });

  it('drops an event over the limit, reports it and reads the next', () => {
    const text = `data: ${'x'.repeat(500)}\n\ndata: ok\n\n`;
    for (const size of [1, 7, 10_000]) {
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < text.length; at += size) pieces.push(bytes(text.slice(at, at + size)));
      expect(hear(pieces, 100), `${size} bytes a piece`).toEqual({ events: [['ok', '']], comments: 0, oversize: 1 });
    }
  });

  it('reads a 1 MiB line that comes one byte at a time in linear time', () => {
    const line = bytes(`data: ${'é'.repeat(512 * 1024)}\n\n`);
    const startedAt = performance.now();
    const { events } = hear(Array.from({ length: line.length }, (_, at) => line.subarray(at, at + 1)));
    expect(events[0]?.[0]).toHaveLength(512 * 1024);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('hears the same whatever the cut, in 2,000 random streams', () => {
    let state = 42;
    const random = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 0x1_0000_0000) * below);
    };
    const words = ['{"a":"b"}', '你好🙂é', ' spaced ', '', ':', '\uFEFF', 'data: nested', '[DONE]'];
    const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
    for (let round = 0; round < 2_000; round++) {
      const end = pick(['\n', '\r\n', '\r']);
      let text = random(4) === 0 ? '\uFEFF' : '';
      const expected: string[] = [];
      for (let i = random(6); i >= 0; i--) {
        if (random(3) === 0) text += `: ${pick(words)}${end}${random(2) ? end : ''}`;
        if (random(4) === 0) text += `event: x${end}`;
        const lines = Array.from({ length: 1 + random(3) }, () => pick(words));
        for (const line of lines) text += `data: ${line}${end}`;
        text += end;
        expected.push(lines.join('\n'));
      }
      const all = bytes(text);
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < all.length; ) {
        const size = 1 + random(9);
        pieces.push(all.subarray(at, at + size));
        at += size;
      }
      const heard = hear(pieces);
      expect(
        heard.events.map(([data]) => data),
        `round ${round}: ${JSON.stringify(text)}`,
      ).toEqual(expected);
      expect(heard).toEqual(hear([all]));
    }
  });
});

describe('sseFrame', () => {
  it('writes one data line for each line, so that a reader gets the text back', () => {
    expect(sseFrame('{"a":1}')).toBe('data: {"a":1}\n\n');
    for (const text of ['a\nb', 'a\r\nb', 'a\rb']) expect(dataOf(sseFrame(text))).toEqual(['a\nb']);
  });
});
