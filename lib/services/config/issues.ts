import { FairleadError } from '@/lib/kernel/errors';

/** One thing wrong in a configuration file. `path` is written as in the file: `models[0].prices.input`. */
export interface ConfigIssue {
  path: string;
  message: string;
  line?: number;
}

export type IssuePath = readonly (string | number)[];

export function writePath(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('').replace(/^\./, '');
}

/** Everything wrong with a file as one error: nothing of it was applied. */
export function configError(issues: ConfigIssue[]): FairleadError {
  const lines = issues.map(({ path, line, message }) => `${path || '(file)'}${line ? ` (line ${line})` : ''}: ${message}`);
  return new FairleadError('invalid_request', `The configuration has ${issues.length === 1 ? 'an error' : `${issues.length} errors`}; nothing was applied.\n${lines.join('\n')}`, {
    param: issues[0]?.path ?? null,
    more: { issues },
  });
}
