import { applyConfig, configSurroundings } from '@/lib/services/config';
import type { ConfigIssue } from '@/lib/services/config/issues';
import type { ConfigFile } from '@/lib/services/config/schema';
import type { OperatorCtx } from '@/lib/services/context';
import { FairleadError, isFairleadError } from '@/lib/kernel/errors';
import type { Tx } from '@/lib/store';

/**
 * Writes what a form of the operator's pages says. A form is a small `fairlead.yaml`: the same checks, the same
 * transaction, the same audit row as `fairlead config apply`, so that the pages can do nothing a file could not.
 * Throws `invalid_request` with the field at fault.
 */
export async function applyEntries(
  ctx: OperatorCtx,
  entries: Omit<ConfigFile, 'apiVersion'>,
  audit: { action: string; targetType: string; targetId: string },
  also?: (tx: Tx) => Promise<void>,
): Promise<void> {
  try {
    // JSON is YAML: nothing of a name or a label can be read as syntax.
    await applyConfig({ ctx, input: { text: JSON.stringify({ apiVersion: 'fairlead/v1', ...entries }) }, surroundings: configSurroundings('remote'), audit, also });
  } catch (error) {
    throw asFieldError(error);
  }
}

/** `providers[0].baseUrl: …` becomes the form's field `baseUrl`. */
function asFieldError(error: unknown): unknown {
  const issues = isFairleadError(error) ? (error.extras.more?.issues as ConfigIssue[] | undefined) : undefined;
  const [first] = issues ?? [];
  if (!first || !issues) return error;
  const param = first.path.replace(/^\w+\[\d+\]\.?/, '') || null;
  return new FairleadError('invalid_request', issues.map(({ message }) => message).join(' '), { param });
}

/** A verb over a configuration file as a form calls it: what is wrong is named by the form's field, not by its place in a file. */
export function withFieldErrors<Call, Result>(verb: (call: Call) => Promise<Result>): (call: Call) => Promise<Result> {
  return async (call) => {
    try {
      return await verb(call);
    } catch (error) {
      throw asFieldError(error);
    }
  };
}
