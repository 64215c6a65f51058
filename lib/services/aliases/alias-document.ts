import type { z } from 'zod';
import type { AliasItem } from '@/lib/services/config/items';
import { AliasSchema } from '@/lib/services/config/schema';

/** An alias as fairlead.yaml writes it. */
export const AliasDocumentSchema = AliasSchema;
export type AliasDocument = z.infer<typeof AliasDocumentSchema>;

export interface AliasJson {
  name: string;
  version: number;
  updated_at: string;
  /** What is in force, complete: fields at their defaults included. */
  document: AliasItem;
  has_draft: boolean;
}
