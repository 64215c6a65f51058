'use client';

import { Button } from '@/components/ui/button';
import type { ActionResult } from '@/lib/http/action';
import { useRun } from '../use-run';

interface RunButtonProps {
  label: string;
  /** What a screen reader says, when the label alone could be any row's. */
  describe?: string;
  done: string;
  run: () => Promise<ActionResult<unknown>>;
}

export function RunButton({ label, describe, done, run }: RunButtonProps) {
  const { pending, run: start } = useRun();
  return (
    <Button size="sm" variant="outline" aria-label={describe} pending={pending} onClick={() => void start(run, done)}>
      {label}
    </Button>
  );
}
