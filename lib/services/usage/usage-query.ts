import { z } from 'zod';
import { RANGES } from '@/lib/format/time-range';
import { USAGE_GROUPS } from './usage-groups';

const text = z.string().trim().max(500).optional().catch(undefined);

/** Query string of the usage page, of its API and of its CSV. */
export const usageQuerySchema = z.object({
  range: z.enum(RANGES).default('30d'),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  group: z.enum(USAGE_GROUPS).default('model'),
  model: text,
  alias: text,
  provider: text,
  key_id: text,
});

export type UsageQuery = z.output<typeof usageQuerySchema>;
export type UsageQueryInput = z.input<typeof usageQuerySchema>;
