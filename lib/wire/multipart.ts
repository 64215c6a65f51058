import type { JsonObject } from './call';
import { malformed } from './checks';

/** A multipart upload: its text fields, and how large its files are. */
export interface Upload {
  fields: JsonObject;
  files: { name: string; bytes: number }[];
}

interface Part {
  name: string;
  file: boolean;
  /** Offsets of the value. */
  start: number;
  end: number;
}

const MAX_PARTS = 100;
const MAX_FIELD_BYTES = 64 * 1024;
const HEADERS_END = Buffer.from('\r\n\r\n');

/** Reads the fields of a multipart/form-data body; a name that comes twice, or ends in `[]`, becomes a list. Throws `invalid_request`. */
export function readUpload(bytes: Buffer, contentType: string | null): Upload {
  const fields: JsonObject = {};
  const files: Upload['files'] = [];
  for (const part of partsOf(bytes, contentType)) {
    if (part.file) {
      files.push({ name: part.name, bytes: part.end - part.start });
      continue;
    }
    if (part.end - part.start > MAX_FIELD_BYTES) throw malformed(part.name, `The field '${part.name}' is longer than ${MAX_FIELD_BYTES} bytes.`);
    const value = bytes.toString('utf8', part.start, part.end);
    const earlier = fields[part.name];
    if (part.name.endsWith('[]') || earlier !== undefined) fields[part.name] = [...(Array.isArray(earlier) ? earlier : earlier === undefined ? [] : [earlier]), value];
    else fields[part.name] = value;
  }
  return { fields, files };
}

function partsOf(bytes: Buffer, contentType: string | null): Part[] {
  const boundary = /^multipart\/form-data\s*;.*?boundary=(?:"([^"]{1,200})"|([^;\s]{1,200}))/i.exec(contentType ?? '');
  if (!boundary) throw malformed('file', 'Send the file as multipart/form-data.');
  const delimiter = Buffer.from(`--${boundary[1] ?? boundary[2]}`);
  const parts: Part[] = [];
  let at = bytes.indexOf(delimiter);
  while (at !== -1 && parts.length <= MAX_PARTS) {
    const headersAt = at + delimiter.length;
    if (bytes[headersAt] === 0x2d && bytes[headersAt + 1] === 0x2d) return parts;
    const bodyAt = bytes.indexOf(HEADERS_END, headersAt);
    const next = bodyAt === -1 ? -1 : bytes.indexOf(Buffer.concat([Buffer.from('\r\n'), delimiter]), bodyAt + HEADERS_END.length - 2);
    if (bodyAt === -1 || next === -1) break;
    const head = bytes.toString('utf8', headersAt, bodyAt);
    const name = /;\s*name="([^"]*)"/i.exec(head)?.[1];
    const start = bodyAt + HEADERS_END.length;
    if (name) parts.push({ name, file: /;\s*filename\*?=/i.test(head), start, end: Math.max(start, next) });
    at = next + 2;
  }
  throw malformed('file', 'The multipart body is damaged: its last boundary is missing.');
}
