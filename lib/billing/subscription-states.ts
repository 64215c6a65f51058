/** The organization has what the plan gives. A late payment keeps it while Stripe still tries the card. */
export const ENTITLED: ReadonlySet<string> = new Set(['active', 'trialing', 'past_due']);

/** Nothing more can come of it. Everything else stands in the way of a second subscription. */
export const ENDED: ReadonlySet<string> = new Set(['canceled', 'incomplete_expired']);
