import type { ROLES } from '@/lib/kernel/roles';

/** What a member may be in an organization. The rights of each are in lib/services/context.ts. */
export type Role = (typeof ROLES)[number];
