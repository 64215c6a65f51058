/** A text as people read it, and where each of its characters begins in the text as it is written. */
export interface ReadText {
  text: string;
  /** Place in the written text of the character at `index`; the written length at the end. */
  writtenAt(index: number): number;
}

/** `\u0040`, `\n` or `\/` behind any number of backslashes (JSON in JSON), and `%40` of a URL. */
const ESCAPE = /\\+(?:u([0-9a-fA-F]{4})|([\s\S]))|%([2-7][0-9a-fA-F])/g;
const BLANKS = 'nrtbf';

/** Takes the escapes of JSON, of JSON inside JSON strings at any depth, and of URLs out of a text. */
export function unescapeText(written: string): ReadText {
  if (!written.includes('\\') && !written.includes('%')) return { text: written, writtenAt: (index) => index };
  const pieces: string[] = [];
  /** Where pieces begin, read and written: between two of them both count alike. */
  const readFrom: number[] = [];
  const writtenFrom: number[] = [];
  let length = 0;
  const push = (piece: string, from: number) => {
    if (piece === '') return;
    pieces.push(piece);
    readFrom.push(length);
    writtenFrom.push(from);
    length += piece.length;
  };
  let done = 0;
  for (const match of written.matchAll(ESCAPE)) {
    push(written.slice(done, match.index), done);
    push(charOf(match), match.index);
    done = match.index + match[0].length;
  }
  push(written.slice(done), done);
  return {
    text: pieces.join(''),
    writtenAt(index) {
      if (index >= length) return written.length;
      let low = 0;
      let high = readFrom.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((readFrom[middle] as number) <= index) low = middle;
        else high = middle - 1;
      }
      return (writtenFrom[low] as number) + index - (readFrom[low] as number);
    },
  };
}

function charOf([, unit, plain, byte]: RegExpExecArray | RegExpMatchArray): string {
  const hex = unit ?? byte;
  if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
  return BLANKS.includes(plain as string) ? ' ' : (plain as string);
}
