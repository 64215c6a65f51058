'use client';

import { Button } from '@/components/ui/button';
import type { BillingOutcome } from './outcome';
import { useOutcome } from './use-outcome';

/** A button whose action leads somewhere or changes something; what goes wrong stands under it. */
export function OutcomeButton({ label, action }: { label: string; action: () => Promise<BillingOutcome> }) {
  const { run, pending, error } = useOutcome();
  return (
    <div className="grid gap-2">
      <Button variant="outline" pending={pending} onClick={() => run(action)}>
        {label}
      </Button>
      {error && (
        <p role="alert" className="text-sm text-danger">
          {error}
        </p>
      )}
    </div>
  );
}
