'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from '@/components/ui/toast';
import { useActionMessage } from '@/components/patterns/use-action-message';
import type { ActionResult } from '@/lib/http/action';

/** Runs an action from a button or a switch: says how it went and shows the page anew. */
export function useRun(): { pending: boolean; run: <T>(work: () => Promise<ActionResult<T>>, done?: string) => Promise<T | null> } {
  const describe = useActionMessage();
  const router = useRouter();
  const [pending, setPending] = useState(false);
  return {
    pending,
    async run(work, done) {
      setPending(true);
      const result = await work();
      setPending(false);
      if (!result.ok) {
        toast.error(describe(result.error));
        return null;
      }
      if (done) toast.success(done);
      router.refresh();
      return result.data;
    },
  };
}
