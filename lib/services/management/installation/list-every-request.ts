import type { OperatorCtx } from '@/lib/services/context';
import { readRequestRows } from '@/lib/services/requests/list-requests';
import type { RequestQuery } from '@/lib/services/requests/request-filters';
import { type RequestJson, toRequestJson } from '@/lib/services/requests/request-json';
import { asSystem } from '@/lib/store';
import type { Page } from '../page';
import { narrowedTo } from './of-organization';

export type InstallationRequestJson = RequestJson & { organization_id: string };

/** Logs of a whole installation are read by day: without `from` a list reaches back this far. */
const DAYS = 31;

/** Requests of every organization, or of one, newest first: metadata only, no sample data. */
export async function listEveryRequest({ input }: { ctx: OperatorCtx; input: RequestQuery & { org?: string } }): Promise<Page<InstallationRequestJson>> {
  const orgId = await narrowedTo(input);
  const end = input.to ? new Date(input.to).getTime() : Date.now();
  const from = input.from ?? (input.range ? undefined : new Date(end - DAYS * 86_400_000).toISOString());
  const { rows, ...page } = await asSystem((tx) => readRequestRows(tx, orgId, { ...input, from }));
  return { data: rows.map((row) => ({ ...toRequestJson(row), organization_id: row.org_id })), ...page };
}
