/**
 * What a stage returns: all that was known, and more. It is the same object that grows, since a copy per stage costs more
 * than most stages do; so this is the last thing a stage does, and what an earlier stage found is never overwritten.
 */
export function learn<Known extends object, More extends object>(known: Known, more: More & { [Name in keyof Known]?: never }): Known & More {
  return Object.assign(known, more);
}
