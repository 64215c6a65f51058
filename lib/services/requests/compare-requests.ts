import { isFairleadError } from '@/lib/kernel/errors';
import type { Ctx } from '@/lib/services/context';
import { getRequest, type RequestDetailJson } from './get-request';

/** How many requests can stand side by side. */
const MOST = 4;

/** The requests of a comparison, in the order they were named; ids that lead nowhere (or to another organization) are told apart. */
export async function compareRequests({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { ids: readonly string[] };
}): Promise<{ requests: RequestDetailJson[]; missing: string[] }> {
  const ids = [...new Set(input.ids.map((id) => id.trim()).filter(Boolean))].slice(0, MOST);
  const found = await Promise.all(
    ids.map((id) =>
      getRequest({ ctx, input: { id } }).catch((error: unknown) => {
        if (isFairleadError(error) && error.code === 'not_found') return null;
        throw error;
      }),
    ),
  );
  return { requests: found.filter((request) => request !== null), missing: ids.filter((_, at) => found[at] === null) };
}
