import { Eye } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';

/** Over every page of an organization that an operator looks into. */
export function ViewingBar({ name, leave }: { name: string; leave: () => Promise<void> }) {
  const t = useTranslations('shell.viewing');
  return (
    <form action={leave} role="status" className="mb-4 flex flex-wrap items-center gap-3 rounded-lg border border-signal/40 bg-signal-soft px-3 py-2 text-sm">
      <Eye aria-hidden className="size-4 shrink-0 text-signal" />
      <span className="min-w-0 flex-1">{t('title', { name })}</span>
      <Button type="submit" variant="outline" size="sm">
        {t('leave')}
      </Button>
    </form>
  );
}
