'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useRef } from 'react';
import { Button } from '@/components/ui/button';

/** Filters as fields of a form whose values are the address: what is chosen survives a reload and can be sent to somebody. */
export function FilterForm({ path, children }: { path: string; children: ReactNode }) {
  const t = useTranslations('operator.filter');
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);

  function apply() {
    if (!form.current) return;
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form.current)) if (typeof value === 'string' && value.trim() !== '') query.set(name, value.trim());
    router.push(query.size > 0 ? `${path}?${query}` : path);
  }

  return (
    <form
      ref={form}
      action={path}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
      onChange={(event) => event.target instanceof HTMLSelectElement && apply()}
      className="flex flex-wrap items-end gap-2 [&>*]:min-w-36"
    >
      {children}
      <Button type="submit" variant="outline" className="min-w-0!">
        {t('apply')}
      </Button>
    </form>
  );
}
