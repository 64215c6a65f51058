'use client';

import { useTranslations } from 'next-intl';
import { type ChangeEvent, useId } from 'react';
import { useRun } from '@/components/operator/use-run';
import { ProductMark, useProduct } from '@/components/shell/product';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/http/action';

const MAX_BYTES = 128 * 1024;

/** The operator's logo: chosen, it is in place at once. */
export function LogoField({ save }: { save: (input: { data: string }) => Promise<ActionResult<void>> }) {
  const t = useTranslations('operatorSettings');
  const id = useId();
  const { logo } = useProduct();
  const { pending, run } = useRun();

  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    if (file.size > MAX_BYTES) return void toast.error(t('logoTooBig'));
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    await run(() => save({ data: btoa(text) }), t('logoSaved'));
  }

  return (
    <div className="grid gap-1.5 sm:col-span-2">
      <label htmlFor={id} className="text-sm font-medium">
        {t('logo')}
      </label>
      <div className="flex flex-wrap items-center gap-3">
        <span className="grid size-12 place-items-center rounded-md border bg-background">
          <ProductMark className="size-8" />
        </span>
        <input
          id={id}
          type="file"
          accept="image/png,image/jpeg,image/webp"
          disabled={pending}
          onChange={choose}
          aria-describedby={`${id}-hint`}
          className="max-w-full min-w-0 text-sm text-muted-foreground file:mr-3 file:h-9 file:rounded-md file:border file:border-solid file:border-input file:bg-surface file:px-3 file:text-sm file:font-medium file:text-foreground"
        />
        {logo !== null && (
          <Button type="button" variant="outline" pending={pending} onClick={() => void run(() => save({ data: '' }), t('logoRemoved'))}>
            {t('logoRemove')}
          </Button>
        )}
      </div>
      <p id={`${id}-hint`} className="text-xs text-muted-foreground">
        {t('logoHint')}
      </p>
    </div>
  );
}
