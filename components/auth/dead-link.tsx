import Link from 'next/link';
import { Button } from '@/components/ui/button';

/** A mailed link that does not work (any more): what happened, and the one next step. */
export function DeadLink({ title, body, next }: { title: string; body: string; next?: { href: string; label: string } }) {
  return (
    <div className="grid gap-4">
      <h1 className="text-2xl font-semibold">{title}</h1>
      <p className="text-muted-foreground">{body}</p>
      {next && (
        <Button asChild size="lg" className="w-full">
          <Link href={next.href}>{next.label}</Link>
        </Button>
      )}
    </div>
  );
}
