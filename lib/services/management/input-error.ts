import { FairleadError } from '@/lib/kernel/errors';

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
  const issues = (error as { name?: string; issues?: Issue[] } | null)?.issues;
  // Module graphs are compiled apart, so the class cannot be compared.
  if (!/Zod/.test((error as { name?: string })?.name ?? '') || !Array.isArray(issues)) return error;
  const [issue] = issues;
  const path = [...(issue?.path ?? []), ...(issue?.code === 'unrecognized_keys' ? (issue.keys ?? []).slice(0, 1) : [])];
  const param = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${rename(String(part))}`)).join('').replace(/^\./, '');
  const message = issue?.message ?? 'The input is not valid.';
  return new FairleadError('invalid_request', param ? `${param}: ${message}` : message, { param: param || null });
}
