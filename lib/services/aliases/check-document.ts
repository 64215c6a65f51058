import { type Change, planConfig } from '@/lib/services/config';
import type { OperatorCtx } from '@/lib/services/context';

/** A fairlead.yaml that holds this one alias (JSON is YAML), so that a draft meets exactly the checks of a file. */
export function asConfigText(document: object): string {
  return JSON.stringify({ apiVersion: 'fairlead/v1', aliases: [document] });
}

/** Throws `invalid_request` with every mistake; answers what putting it in force would change. */
export function checkDocument(ctx: OperatorCtx, document: object): Promise<Change[]> {
  return planConfig({ ctx, input: { text: asConfigText(document) } });
}
