'use client';

import { useState } from 'react';
import type { ActionError, ActionResult } from '@/lib/http/action';
import { useActionMessage } from './use-action-message';

export interface ActionRun {
  pending: boolean;
  error: ActionError | null;
  /** What is wrong with a field, in the reader's language; undefined when nothing is. */
  problemOf: (field: string) => string | undefined;
  /** What is wrong with the form as a whole: an error that belongs to none of `fields`. */
  problem: (...fields: string[]) => string | null;
  /** Runs an action; `done` gets its data when it worked. Answers whether it did. */
  run: <T>(action: () => Promise<ActionResult<T>>, done?: (data: T) => void) => Promise<boolean>;
  reset: () => void;
}

/** A write with its three states: waiting, refused with a reason at the right place, done. */
export function useAction(): ActionRun {
  const describe = useActionMessage();
  const [error, setError] = useState<ActionError | null>(null);
  const [pending, setPending] = useState(false);
  const fieldOf = (from: ActionError) => from.param?.split(/[.[]/)[0] ?? null;
  return {
    pending,
    error,
    problemOf: (field) => (error && fieldOf(error) === field ? describe(error) : undefined),
    problem: (...fields) => (error && !fields.includes(fieldOf(error) ?? '') ? describe(error) : null),
    async run(action, done) {
      setPending(true);
      try {
        const result = await action();
        setError(result.ok ? null : result.error);
        if (result.ok) done?.(result.data);
        return result.ok;
      } catch {
        setError({ code: 'internal_error', message: '', param: null, requestId: '' });
        return false;
      } finally {
        setPending(false);
      }
    },
    reset: () => setError(null),
  };
}
