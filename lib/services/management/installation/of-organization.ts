import { z } from 'zod';
import { findOrg } from '@/lib/services/operator/find-org';

/** Of an operator's key, on a path that shows the whole installation: the one organization it asks about, by slug or id. */
export const ofOrganization = {
  org: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .optional()
    .meta({ description: 'Slug or id of one organization. Of an operator’s key; an organization’s key sees its own anyway.' }),
};

/** The id of the organization a query is narrowed to; null: every organization. Throws `not_found`. */
export async function narrowedTo({ org }: { org?: string }): Promise<string | null> {
  return org === undefined ? null : (await findOrg(org)).id;
}
