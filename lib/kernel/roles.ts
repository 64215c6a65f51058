/** Roles of a member, in the order of what they may do. */
export const ROLES = ['owner', 'admin', 'developer', 'billing', 'viewer'] as const;
