import { randomBase62 } from '@/lib/kernel/ids';
import type { Tx } from '@/lib/store';
import { isReservedSlug } from './reserved-slugs';

const MAX_LENGTH = 32;

/** A name as a path segment: lower-case ASCII letters, digits and hyphens. Empty when nothing of the name survives. */
export function slugify(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]s?\b/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LENGTH)
    .replace(/^-+|-+$/g, '');
}

/** A slug for `name` that is free now: the plain one, else with a number, else with random letters. */
export async function findFreeSlug(tx: Tx, name: string): Promise<string> {
  const base = slugify(name);
  const plain = base.length < 2 ? `org-${randomLetters()}` : isReservedSlug(base) ? `${base}-org` : base;
  // Two organizations of one name at the same moment: the second looks when the first is written.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`fairlead.slug/${plain}`}, 0))`;
  const taken = new Set((await tx.organization.findMany({ where: { slug: { startsWith: plain } }, select: { slug: true } })).map(({ slug }) => slug));
  for (const candidate of [plain, `${plain}-2`, `${plain}-3`]) if (!taken.has(candidate)) return candidate;
  return `${plain}-${randomLetters()}`;
}

function randomLetters(): string {
  return randomBase62(6).toLowerCase();
}
