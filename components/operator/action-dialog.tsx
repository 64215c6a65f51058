'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useState } from 'react';
import { toast } from '@/components/ui/toast';
import { useActionMessage } from '@/components/patterns/use-action-message';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle, DialogTrigger } from '@/components/ui/dialog';
import type { ActionError, ActionResult } from '@/lib/http/action';

/** What stands under a field: the action's own words about it. */
export type Problem = (field: string) => string | undefined;

interface ActionDialogProps {
  /** The button that opens it. */
  trigger: ReactNode;
  title: string;
  lead?: ReactNode;
  submit: string;
  destructive?: boolean;
  wide?: boolean;
  /** Names of the fields that can show their own problem; any other problem stands above them. */
  fields?: readonly string[];
  children?: ReactNode | ((problem: Problem) => ReactNode);
  run: (form: FormData) => Promise<ActionResult<unknown>>;
  done: string;
}

/** A form in a dialog: sends it, shows what is wrong where it is wrong, and shows the page anew once it is done. */
export function ActionDialog({ trigger, title, lead, submit, destructive, wide, fields = [], children, run, done }: ActionDialogProps) {
  const common = useTranslations('common');
  const describe = useActionMessage();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);
  const [pending, setPending] = useState(false);
  const field = error && (fields.find((name) => error.param === name || error.param?.startsWith(`${name}.`) || error.param?.startsWith(`${name}[`)) ?? null);
  const problem: Problem = (name) => (error && field === name ? describe(error) : undefined);

  function toggle(wanted: boolean) {
    setOpen(wanted);
    setError(null);
  }

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setPending(true);
    const result = await run(new FormData(event.currentTarget));
    setPending(false);
    if (!result.ok) return setError(result.error);
    toggle(false);
    toast.success(done);
    router.refresh();
  }

  return (
    <Dialog open={open} onOpenChange={toggle}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent className={wide ? 'max-w-2xl' : undefined}>
        <DialogHeader>
          <DialogTitle>{title}</DialogTitle>
          <DialogDescription className={lead ? undefined : 'sr-only'}>{lead ?? title}</DialogDescription>
        </DialogHeader>
        <form onSubmit={send} className="grid gap-4">
          {error && !field && (
            <Alert variant="danger">
              <AlertTitle className="font-normal">{describe(error)}</AlertTitle>
            </Alert>
          )}
          {typeof children === 'function' ? children(problem) : children}
          <DialogFooter className="mt-1">
            <Button variant="outline" onClick={() => toggle(false)}>
              {common('cancel')}
            </Button>
            <Button type="submit" variant={destructive ? 'destructive' : 'default'} pending={pending}>
              {submit}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
