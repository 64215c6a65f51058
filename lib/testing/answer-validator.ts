import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Answer {
  /** As the document writes it: `/keys/{id}`. */
  path: string;
  method: string;
  status: number;
  contentType: string;
  body: unknown;
}

/** Says what an answer has that the OpenAPI document does not, or null when it is as documented. */
export function createAnswerValidator(document: object): (answer: Answer) => string | null {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, 'openapi');
  return ({ path, method, status, contentType, body }) => {
    const responses = lookUp(document, ['paths', path, method.toLowerCase(), 'responses']) as Record<string, { content?: Record<string, unknown> }> | undefined;
    if (!responses) return `${method} ${path} is not in the document`;
    const named = status in responses ? String(status) : status >= 400 ? 'default' : null;
    if (named === null) return `${method} ${path} answered ${status}, which is not in the document`;
    const media = contentType.split(';')[0] ?? '';
    if (!responses[named]?.content?.[media]) return `${method} ${path} answered ${status} as ${media}, which is not in the document`;
    const pointer = ['paths', path, method.toLowerCase(), 'responses', named, 'content', media, 'schema'].map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).map(encodeURIComponent).join('/');
    const isValid = ajv.validate({ $ref: `openapi#/${pointer}` }, body);
    return isValid ? null : `${method} ${path} ${status}: ${ajv.errorsText()}\n${JSON.stringify(body).slice(0, 1_000)}`;
  };
}

function lookUp(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, part) => (inner as Record<string, unknown> | undefined)?.[part], value);
}
