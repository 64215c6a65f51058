/** Parts of the product that a plan opens or leaves out, in the order in which pages list them. */
export const PLAN_FEATURES = ['alerts', 'exports', 'management_api', 'presets'] as const;
export type PlanFeature = (typeof PLAN_FEATURES)[number];
