'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import type { FoundModel } from '@/lib/services/operator/providers/test-connection';

interface ModelChecklistProps {
  models: FoundModel[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}

/** More rows than this are only reached by searching: nobody scrolls through two thousand names. */
const SHOWN = 100;

/** The models a provider listed, to take or leave; those without a known price say so. */
export function ModelChecklist({ models, chosen, onChange }: ModelChecklistProps) {
  const t = useTranslations('operatorProviders.models');
  const id = useId();
  const [q, setQ] = useState('');
  const matching = models.filter((model) => model.id.toLowerCase().includes(q.trim().toLowerCase()));

  function toggle(name: string) {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    onChange(next);
  }

  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t('legend', { chosen: chosen.size, count: models.length })}</legend>
      <div className="flex flex-wrap items-center gap-2">
        <Label htmlFor={id} className="sr-only">
          {t('search')}
        </Label>
        <Input id={id} type="search" value={q} onChange={(event) => setQ(event.target.value)} placeholder={t('search')} className="w-auto min-w-0 flex-1" />
        <Button variant="outline" size="sm" onClick={() => onChange(new Set([...chosen, ...matching.filter(({ priced }) => priced).map((model) => model.id)]))}>
          {t('choosePriced')}
        </Button>
        <Button variant="outline" size="sm" onClick={() => onChange(new Set([...chosen, ...matching.map((model) => model.id)]))}>
          {t('chooseAll')}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div role="region" aria-label={t('list')} tabIndex={0} className="max-h-56 overflow-y-auto rounded-md border">
        {matching.slice(0, SHOWN).map(({ id: name, priced }) => (
          <label key={name} htmlFor={`${id}-${name}`} className="flex min-h-8 cursor-pointer items-center gap-2.5 border-b px-2.5 text-sm last:border-0 hover:bg-surface-muted">
            <Checkbox id={`${id}-${name}`} checked={chosen.has(name)} onCheckedChange={() => toggle(name)} />
            <span className="figures min-w-0 flex-1 break-all">{name}</span>
            {!priced && <Badge variant="warning">{t('unpriced')}</Badge>}
          </label>
        ))}
        {matching.length === 0 && <p className="p-3 text-sm text-muted-foreground">{t('none')}</p>}
        {matching.length > SHOWN && <p className="p-2.5 text-xs text-muted-foreground">{t('more', { count: matching.length - SHOWN })}</p>}
      </div>
    </fieldset>
  );
}
