import type { NavItem } from '@/components/shell/nav';

/** `g` and then one letter goes to a page of the organization. */
export const PAGE_LETTERS: Partial<Record<NavItem['name'], string>> = {
  overview: 'o',
  logs: 'l',
  usage: 'u',
  keys: 'k',
  budgets: 'b',
  models: 'm',
  settings: 's',
};

/** Ids that lead somewhere by themselves. Null: no such id. */
export function pathOfId(text: string): string | null {
  const id = text.trim();
  if (/^req_[0-9A-Za-z]{22}$/.test(id)) return `/logs/${id}`;
  if (/^key_[0-9A-Za-z]{22}$/.test(id)) return `/logs?key_id=${id}`;
  return null;
}
