/** What the list can be ordered by, each with the largest first; ids sort by time. */
export const REQUEST_SORTS = ['newest', 'cost', 'duration', 'ttft'] as const;
export type RequestSort = (typeof REQUEST_SORTS)[number];
