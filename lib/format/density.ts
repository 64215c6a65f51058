/** How close the rows of tables stand. */
export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

/** Where a browser keeps its choice: a cookie, so that the first paint has it already. */
export const DENSITY_COOKIE = 'fl-density';

export function readDensity(cookie: string | undefined): Density {
  return DENSITIES.find((one) => one === cookie) ?? 'comfortable';
}
