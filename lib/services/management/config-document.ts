import { createHash } from 'node:crypto';
import { FairleadError } from '@/lib/kernel/errors';
import { applyConfig } from '@/lib/services/config/apply-config';
import type { Change } from '@/lib/services/config/diff-state';
import { exportConfig } from '@/lib/services/config/export-config';
import { planConfig } from '@/lib/services/config/plan-config';
import { configSurroundings } from '@/lib/services/config/surroundings';
import type { OperatorCtx } from '@/lib/services/context';

/** The configuration as YAML with an ETag; 304 when the caller has this one already. */
export async function getConfig({ ctx, input }: { ctx: OperatorCtx; input: { ifNoneMatch: string | null } }): Promise<Response> {
  const yaml = await exportConfig({ ctx });
  const etag = etagOf(yaml);
  if (input.ifNoneMatch === etag) return new Response(null, { status: 304, headers: { etag } });
  return new Response(yaml, { headers: { 'content-type': 'application/yaml; charset=utf-8', 'cache-control': 'no-store', etag } });
}

export interface PutConfigInput {
  /** YAML or JSON, as fairlead.yaml. */
  text: string;
  prune: boolean;
  /** Say what would change, change nothing. */
  dryRun: boolean;
  /** Apply only to the configuration with this ETag. */
  ifMatch: string | null;
}

/** Applies a whole fairlead.yaml that came over HTTP, or plans it. `If-Match` keeps two operators from overwriting each other. */
export async function putConfig({ ctx, input }: { ctx: OperatorCtx; input: PutConfigInput }): Promise<{ applied: boolean; changes: Change[] }> {
  const assertCurrent = (yaml: string): void => {
    if (input.ifMatch === null || input.ifMatch === '*' || input.ifMatch === etagOf(yaml)) return;
    throw new FairleadError('conflict', 'The configuration has changed since you read it.', { as: { status: 412 } });
  };
  const call = { ctx, input: { text: input.text, prune: input.prune }, surroundings: configSurroundings('remote') };
  const changes = input.dryRun ? await planConfig(call) : await applyConfig({ ...call, assertCurrent });
  return { applied: !input.dryRun && changes.length > 0, changes };
}

function etagOf(yaml: string): string {
  return `"${createHash('sha256').update(yaml).digest('base64url').slice(0, 22)}"`;
}
