'use client';

import { useTranslations } from 'next-intl';
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert';
import type { KeyView } from './key-actions';

export const KEY_FLAGS = ['unlimited', 'forever', 'idle'] as const;
export type KeyFlag = (typeof KEY_FLAGS)[number];

const IDLE_MS = 30 * 86_400_000;

/** Whether a working key has a habit that makes a leak of it dear: no budget, no end, or nobody using it for a month. */
export function hasFlag(view: KeyView, flag: KeyFlag, nowMs = Date.now()): boolean {
  if (view.status !== 'active' && view.status !== 'retiring') return false;
  if (flag === 'unlimited') return view.kind === 'inference' && view.budget === null;
  if (flag === 'forever') return view.expiresAt === null;
  return nowMs - Date.parse(view.lastUsedAt ?? view.createdAt) > IDLE_MS;
}

interface KeyHygieneProps {
  keys: readonly KeyView[];
  flag: KeyFlag | null;
  onFlag: (flag: KeyFlag | null) => void;
}

/** Says which working keys nobody limits, ends or uses, and shows them on a press. */
export function KeyHygiene({ keys, flag, onFlag }: KeyHygieneProps) {
  const t = useTranslations('keys.hygiene');
  const found = KEY_FLAGS.map((name) => ({ name, count: keys.filter((key) => hasFlag(key, name)).length })).filter(({ count }) => count > 0);
  if (found.length === 0) return null;
  return (
    <Alert variant={found.some(({ name }) => name === 'idle') ? 'warning' : 'info'} role="note" className="mb-4">
      <AlertTitle>{t('title')}</AlertTitle>
      <AlertDescription>
        <span className="flex flex-wrap gap-x-4 gap-y-1">
          {found.map(({ name, count }) => (
            <button
              key={name}
              type="button"
              aria-pressed={flag === name}
              onClick={() => onFlag(flag === name ? null : name)}
              className="min-h-6 rounded-sm underline decoration-current/40 underline-offset-4 hover:decoration-current aria-pressed:font-semibold"
            >
              {t(name, { count })}
            </button>
          ))}
        </span>
      </AlertDescription>
    </Alert>
  );
}
