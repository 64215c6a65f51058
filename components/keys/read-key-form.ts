import type { CreateKeyInput } from '@/lib/services/keys/create-key';

export const BUDGET_PERIODS = ['day', 'week', 'month', 'total'] as const;

type Limits = Required<Pick<CreateKeyInput, 'budgetUsd' | 'budgetPeriod' | 'rpm' | 'tpm' | 'concurrency' | 'expiresAt' | 'allowedIps' | 'tags'>>;

/** What the fields of a key's form hold. An empty one is no limit. */
export function readKeyForm(form: FormData): Limits {
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  const whole = (name: string): number | null => (text(name) === '' ? null : Number(text(name)));
  const budget = text('budget');
  const ips = listOf(text('ips'), /[\s,;，；、]+/);
  return {
    budgetUsd: budget === '' ? null : budget,
    budgetPeriod: budget === '' ? null : (text('period') as (typeof BUDGET_PERIODS)[number]),
    rpm: whole('rpm'),
    tpm: whole('tpm'),
    concurrency: whole('concurrency'),
    expiresAt: text('expires') === '' ? null : new Date(text('expires')).toISOString(),
    allowedIps: ips.length === 0 ? null : ips,
    tags: readTags(text('tags')),
  };
}

/** `team=growth, beta` as tags: a word without a value is a tag of its own. */
export function readTags(text: string): Record<string, string> | null {
  const pairs = listOf(text, /[,;，；、\n]+/).map((pair) => {
    const at = pair.indexOf('=');
    return at === -1 ? [pair, ''] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  });
  return pairs.length === 0 ? null : Object.fromEntries(pairs);
}

export function writeTags(tags: Record<string, string>): string {
  return Object.entries(tags)
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .join(', ');
}

function listOf(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((entry) => entry.trim())
    .filter(Boolean);
}
