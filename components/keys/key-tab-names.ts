export const KEY_TABS = ['overview', 'usage', 'requests', 'activity'] as const;
export type KeyTab = (typeof KEY_TABS)[number];
