import { z } from 'zod';
import { RANGES } from '@/lib/format/time-range';
import { USAGE_GROUPS } from './usage-groups';

const text = z.string().trim().max(500).optional();
const instant = z.union([z.iso.datetime({ offset: true }), z.iso.date()], 'must be a time such as 2026-11-25T08:00:00Z');

/** Query string of the usage page, of its API and of its CSV. */
export const usageQuerySchema = z.object({
  range: z.enum(RANGES).default('30d'),
  from: instant.optional(),
  to: instant.optional(),
  group: z.enum(USAGE_GROUPS).default('model'),
  model: text,
  alias: text,
  provider: text,
  key_id: text,
  /** A member's id: calls of the keys this member made. */
  member: text,
  /** `name=value`, or a name alone for a tag without a value. */
  tag: text,
  /** An end user, as callers name them. */
  user: text,
});

export type UsageQuery = z.output<typeof usageQuerySchema>;
export type UsageQueryInput = z.input<typeof usageQuerySchema>;
