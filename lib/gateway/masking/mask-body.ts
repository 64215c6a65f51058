import { findPrivate } from './find-private';
import { JsonStrings } from './json-strings';
import { unescapeText } from './unescape';

/** What is read past the cut, so that what lies across it is seen, and masked, whole. */
export const MASK_MARGIN = 16 * 1024;

/**
 * A logged body of at most `limit` bytes in which personal data and secrets are masked, also behind escapes and in
 * arguments that are JSON inside a JSON string. What was JSON stays JSON: a number that is masked becomes a string.
 */
export function maskBody(bytes: Buffer, limit: number): Buffer {
  const isJson = bytes[0] === 0x7b || bytes[0] === 0x5b;
  // A form with a file in it is not text: one byte to a character keeps every byte.
  const encoding = isJson ? 'utf8' : 'latin1';
  const written = bytes.subarray(0, limit + MASK_MARGIN).toString(encoding);
  const cut = bytes.byteLength > limit ? bytes.subarray(0, limit).toString(encoding).length : written.length;
  return Buffer.from(maskText(written, cut, isJson), encoding).subarray(0, limit);
}

function maskText(written: string, cut: number, isJson: boolean): string {
  const read = unescapeText(written);
  const strings = new JsonStrings(written);
  let masked = '';
  let done = 0;
  for (const { start, end, mask } of findPrivate(read.text)) {
    const from = read.writtenAt(start);
    if (from >= cut) break;
    const to = read.writtenAt(end);
    const number = isJson ? strings.numberAround(from, to) : null;
    masked += written.slice(done, number?.from ?? from) + (number ? number.quote + mask + number.quote : mask);
    done = number?.to ?? to;
  }
  return done >= cut ? masked : masked + written.slice(done, cut);
}
