const LF = 10;
const SPACE = 32;
const COLON = 58;
const BOM = 0xfeff;

/** Room for an image in a chunk; an event past it is dropped and reported instead of filling the memory. */
const MAX_EVENT_CHARS = 32 * 1024 * 1024;

export interface SseHandlers {
  /** One complete event. `name` is '' unless the upstream named it. */
  onEvent(data: string, name: string): void;
  /** A comment line such as `: keep-alive`. */
  onComment?(): void;
  /** An event was larger than the limit and has been dropped. */
  onOversize?(): void;
}

/**
 * Reads server-sent events from bytes as they arrive. It takes LF, CRLF and lone CR line ends, a leading BOM,
 * comments, several `data:` lines in one event, `data:` without a space, a missing last blank line, and a
 * split anywhere, inside a UTF-8 sequence too. Only new text is scanned, so a 1 MiB line that comes one byte
 * at a time costs no more than one that comes at once.
 */
export class SseParser {
  /** Text of the unfinished line. Grows as a rope; it is flattened once, when the line ends. */
  private line = '';
  private data: string | null = null;
  private name = '';
  /** The event is over the limit: its fields are skipped until the blank line that ends it. */
  private oversize = false;
  /** The unfinished line was dropped, so its end is not a blank line. */
  private lineDropped = false;
  private afterCr = false;
  private started = false;
  /** At most three bytes of a UTF-8 sequence whose rest has not come yet. */
  private carry: Uint8Array | null = null;

  constructor(
    private readonly handlers: SseHandlers,
    private readonly maxEventChars = MAX_EVENT_CHARS,
  ) {}

  push(bytes: Uint8Array): void {
    const text = this.decode(bytes);
    if (text.length > 0) this.scan(text);
  }

  /** The upstream closed: the last line and event count even without their line ends. */
  end(): void {
    if (this.carry) {
      const rest = this.carry;
      this.carry = null;
      this.scan(toText(rest, rest.length));
    }
    if (this.line.length > 0) this.endLine('');
    this.dispatch();
  }

  private decode(bytes: Uint8Array): string {
    let input = bytes;
    if (this.carry) {
      input = new Uint8Array(this.carry.length + bytes.length);
      input.set(this.carry);
      input.set(bytes, this.carry.length);
      this.carry = null;
    }
    const complete = completeLength(input);
    if (complete < input.length) this.carry = input.slice(complete);
    return toText(input, complete);
  }

  private scan(text: string): void {
    let start = 0;
    if (!this.started) {
      this.started = true;
      if (text.charCodeAt(0) === BOM) start = 1;
    }
    if (this.afterCr && start < text.length) {
      this.afterCr = false;
      if (text.charCodeAt(start) === LF) start++;
    }
    let lf = text.indexOf('\n', start);
    let cr = text.indexOf('\r', start);
    while (lf !== -1 || cr !== -1) {
      if (cr === -1 || (lf !== -1 && lf < cr)) {
        this.endLine(text.slice(start, lf));
        start = lf + 1;
        lf = text.indexOf('\n', start);
        continue;
      }
      this.endLine(text.slice(start, cr));
      start = cr + 1;
      if (start === text.length) this.afterCr = true;
      else if (lf === start) {
        start++;
        lf = text.indexOf('\n', start);
      }
      cr = text.indexOf('\r', start);
    }
    if (start < text.length) this.keep(text.slice(start));
  }

  private keep(piece: string): void {
    if (!this.oversize && this.line.length + piece.length <= this.maxEventChars) {
      this.line += piece;
      return;
    }
    this.dropEvent();
    this.lineDropped = true;
  }

  private dropEvent(): void {
    this.oversize = true;
    this.line = '';
    this.data = null;
  }

  private endLine(last: string): void {
    if (this.lineDropped) {
      this.lineDropped = false;
      return;
    }
    let line = last;
    if (this.line.length > 0) {
      line = this.line + last;
      this.line = '';
    }
    if (line.length === 0) {
      this.dispatch();
      return;
    }
    if (this.oversize) return;
    if (line.charCodeAt(0) === COLON) this.handlers.onComment?.();
    else if (line.startsWith('data:')) this.addData(line.slice(line.charCodeAt(5) === SPACE ? 6 : 5));
    else if (line.startsWith('event:')) this.name = line.slice(line.charCodeAt(6) === SPACE ? 7 : 6);
    else if (line === 'data') this.addData('');
  }

  private addData(value: string): void {
    this.data = this.data === null ? value : `${this.data}\n${value}`;
    if (this.data.length > this.maxEventChars) this.dropEvent();
  }

  private dispatch(): void {
    const { data, name, oversize } = this;
    this.data = null;
    this.name = '';
    this.oversize = false;
    if (oversize) this.handlers.onOversize?.();
    else if (data !== null) this.handlers.onEvent(data, name);
  }
}

/** One event as it goes to the client: LF-framed, one `data:` line for each line of `data`. */
export function sseFrame(data: string): string {
  if (data.includes('\n') || data.includes('\r')) return `data: ${data.replace(/\r\n|\r|\n/g, '\ndata: ')}\n\n`;
  return `data: ${data}\n\n`;
}

/** A named event, as the Messages and Responses surfaces use. */
export function sseNamedFrame(name: string, data: string): string {
  return `event: ${name}\n${sseFrame(data)}`;
}

/** Ends an OpenAI stream. */
export const SSE_DONE = 'data: [DONE]\n\n';

/** Keeps a client and the proxies on the way awake; readers skip it. */
export const SSE_KEEP_ALIVE = ': keep-alive\n\n';

function toText(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('utf8');
}

/** How many leading bytes hold whole UTF-8 sequences; a sequence cut at the end waits for its rest. */
function completeLength(bytes: Uint8Array): number {
  const { length } = bytes;
  if (length === 0 || at(bytes, length - 1) < 0x80) return length;
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = at(bytes, length - back);
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? length - back : length;
    }
    if (byte < 0x80) return length;
  }
  return length;
}

function at(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
