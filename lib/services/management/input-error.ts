import { FairleadError, isFairleadError } from '@/lib/kernel/errors';

interface Issue {
  code?: string;
  path: readonly PropertyKey[];
  message: string;
  keys?: readonly string[];
}

/**
 * What a schema refused, as `invalid_request` with the path of the field; any other error as it is. `rename` turns a
 * verb's field names into those that its caller wrote.
 */
export function asInputError(error: unknown, rename: (field: string) => string = (field) => field): unknown {
  if (isFairleadError(error)) return renamed(error, rename);
  const issues = (error as { name?: string; issues?: Issue[] } | null)?.issues;
  // Module graphs are compiled apart, so the class cannot be compared.
  if (!/Zod/.test((error as { name?: string })?.name ?? '') || !Array.isArray(issues)) return error;
  const [issue] = issues;
  const path = (issue?.path ?? []).map((part) => (typeof part === 'number' ? `[${part}]` : `.${rename(String(part))}`));
  // A key that does not exist is named as it was written.
  const unknown = issue?.code === 'unrecognized_keys' ? (issue.keys ?? []).slice(0, 1).map((key) => `.${key}`) : [];
  const param = [...path, ...unknown].join('').replace(/^\./, '');
  const message = issue?.message ?? 'The input is not valid.';
  return new FairleadError('invalid_request', param ? `${param}: ${message}` : message, { param: param || null });
}

/** A verb that parsed its own input names its own field; only plain names are renamed, never paths into a file. */
function renamed(error: FairleadError, rename: (field: string) => string): FairleadError {
  const { param } = error.extras;
  if (error.code !== 'invalid_request' || !param || !/^[a-zA-Z]+$/.test(param) || rename(param) === param) return error;
  const message = error.message.startsWith(`${param}: `) ? rename(param) + error.message.slice(param.length) : error.message;
  return new FairleadError('invalid_request', message, { ...error.extras, param: rename(param) });
}
