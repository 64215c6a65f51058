import { consoleRoute } from '@/lib/http/console-route';
import { internalGetAll } from '@/lib/runtime/internal-socket';
import { type ContactJson, getListenedKey, ListenInput } from '@/lib/services/welcome/listened-key';

/** Calls made with one of the organization's keys since a moment, newest last; failed ones too. */
const answer = consoleRoute(ListenInput, async ({ ctx, input }) => {
  const { id, last4 } = await getListenedKey({ ctx, input });
  const answers = await internalGetAll<{ data: ContactJson[] }>(`/contacts?${new URLSearchParams({ key_id: id, last4, since_ms: String(input.since_ms) })}`);
  return { data: answers.flatMap(({ data }) => data).sort((a, b) => a.at - b.at) };
});

/** The page belongs to no organization's path, so the organization stands in the query. */
export function GET(request: Request): Promise<Response> {
  const org = new URL(request.url).searchParams.get('org') ?? '';
  return answer(request, { params: Promise.resolve({ org }) });
}
