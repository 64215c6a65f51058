/**
 * A multipart body with another value in its `model` field. Everything else, the file above all, stays byte for
 * byte. The body as it is where it holds no such field.
 */
export function renameModelField(bytes: Uint8Array, contentType: string, model: string): Uint8Array {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return bytes;
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = Buffer.from(`--${boundary}`);
  let start = body.indexOf(mark);
  while (start !== -1) {
    const next = body.indexOf(mark, start + mark.length);
    if (next === -1) return bytes;
    const blank = body.indexOf('\r\n\r\n', start);
    if (blank !== -1 && blank < next && /\bname="?model"?(?:;|\r|$)/i.test(body.subarray(start + mark.length, blank).toString('latin1'))) {
      return Buffer.concat([body.subarray(0, blank + 4), Buffer.from(model), body.subarray(next - 2)]);
    }
    start = next;
  }
  return bytes;
}
