import { type Document, LineCounter, isNode, parseAllDocuments } from 'yaml';
import type { z } from 'zod';
import { type ConfigIssue, configError, writePath } from './issues';
import { type ConfigFile, ConfigSchema } from './schema';
import { suggest } from './suggest';

/** A file that is well-formed by itself, and the way from a path to its line. */
export interface ParsedConfig {
  file: ConfigFile;
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

const MAX_BYTES = 4 * 1024 * 1024;

/** Reads the text of a `fairlead.yaml` (JSON is YAML too). Throws one `invalid_request` that names every mistake with path and line. */
export function parseConfig(text: string): ParsedConfig {
  if (Buffer.byteLength(text) > MAX_BYTES) throw configError([{ path: '', message: 'the file is larger than 4 MiB' }]);
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: true });
  const document = Array.isArray(documents) ? documents[0] : undefined;
  if (!document || document.contents === null) throw configError([{ path: '', message: 'the file is empty' }]);
  if (documents.length > 1) throw configError([{ path: '', message: 'the file holds more than one YAML document; put everything into one' }]);
  if (document.errors.length > 0) {
    throw configError(document.errors.map((error) => ({ path: '', line: error.linePos?.[0].line, message: (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '') })));
  }

  const lineOf = (path: readonly PropertyKey[]): number | undefined => findLine(document, path, lines);
  const parsed = ConfigSchema.safeParse(toPlain(document));
  if (!parsed.success) {
    const issues = parsed.error.issues.flatMap((issue) => explain(issue, lineOf));
    throw configError(issues);
  }
  return { file: parsed.data, lineOf };
}

function toPlain(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw configError([{ path: '', message: (error as Error).message }]);
  }
}

function explain(issue: z.core.$ZodIssue, lineOf: ParsedConfig['lineOf']): ConfigIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const path = [...issue.path, key];
      const nearest = suggest(key, knownKeys(issue.path));
      return { path: writePath(path), line: lineOf(path), message: `unknown key${nearest ? `; did you mean "${nearest}"?` : ''}` };
    });
  }
  return [{ path: writePath(issue.path), line: lineOf(issue.path), message: sayPlainly(issue) }];
}

function sayPlainly(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return issue.input === undefined && /received undefined/.test(issue.message) ? 'is missing' : `must be ${NAMES[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value' && issue.values.length > 1) return `must be one of ${issue.values.join(', ')}`;
  return issue.message;
}

const NAMES: Record<string, string> = { object: 'a mapping', array: 'a list', string: 'text', boolean: 'true or false', int: 'a whole number', number: 'a number' };

/** The keys allowed at a path, for the hint after a typo. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: unknown = ConfigSchema;
  for (const part of path) {
    const inner = unwrap(schema);
    schema = typeof part === 'number' ? (inner as { element?: unknown }).element : (inner as { shape?: Record<string, unknown> }).shape?.[String(part)];
  }
  return Object.keys((unwrap(schema) as { shape?: object }).shape ?? {});
}

function unwrap(schema: unknown): object {
  let inner = (schema ?? {}) as { unwrap?: () => unknown; shape?: unknown; element?: unknown };
  while (inner.shape === undefined && inner.element === undefined && typeof inner.unwrap === 'function') inner = inner.unwrap() as typeof inner;
  return inner;
}

function findLine(document: Document, path: readonly PropertyKey[], lines: LineCounter): number | undefined {
  // A missing key has no line of its own: the nearest thing around it has.
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const start = isNode(node) ? node.range?.[0] : undefined;
    if (start !== undefined) return lines.linePos(start).line;
  }
  return undefined;
}
