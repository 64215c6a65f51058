'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { FormProblem } from './form-problem';
import type { FormAction, FormState } from './form-state';

export function AcceptForm({ action, token, label }: { action: FormAction; token: string; label: string }) {
  const [state, submit, pending] = useActionState<FormState, FormData>(action, {});
  return (
    <form action={submit} className="grid gap-4">
      <FormProblem state={state} />
      <input type="hidden" name="token" value={token} />
      <Button type="submit" size="lg" pending={pending} className="w-full">
        {label}
      </Button>
    </form>
  );
}
