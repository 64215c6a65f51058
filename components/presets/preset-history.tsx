'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { TextDiff } from '@/components/compare/text-diff';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { Time } from '@/components/patterns/time';
import { useAction } from '@/components/patterns/use-action';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import { toast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/http/action';
import type { PresetVersionView } from '@/lib/services/presets/preset-versions';
import type { PresetView } from '@/lib/services/presets/presets';

export interface HistoryActions {
  list: (org: string, input: { id: string }) => Promise<ActionResult<PresetVersionView[]>>;
  restore: (org: string, input: { id: string; version: number }) => Promise<ActionResult<PresetView>>;
}

interface PresetHistoryProps {
  org: string;
  preset: PresetView;
  canWrite: boolean;
  actions: HistoryActions;
  onClose: () => void;
  onRestored: () => void;
}

/** The versions of a preset, newest first, each against the one before it. */
export function PresetHistory({ org, preset, canWrite, actions, onClose, onRestored }: PresetHistoryProps) {
  const t = useTranslations('presets');
  const common = useTranslations('common');
  const action = useAction();
  const [versions, setVersions] = useState<PresetVersionView[] | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, when it opens
  useEffect(() => {
    void action.run(() => actions.list(org, { id: preset.id }), setVersions);
  }, []);

  function restore(version: number) {
    void action.run(
      () => actions.restore(org, { id: preset.id, version }),
      (now) => {
        toast.success(t('saved', { name: now.name, version: now.version }));
        onRestored();
        onClose();
      },
    );
  }

  return (
    <Dialog open onOpenChange={(wanted) => !wanted && onClose()}>
      <DialogContent className="max-w-2xl">
        <DialogHeader>
          <DialogTitle>{t('historyTitle', { name: preset.name })}</DialogTitle>
          <DialogDescription>{t('historyLead', { call: `preset/${preset.slug}@1` })}</DialogDescription>
        </DialogHeader>
        <ProblemAlert problem={action.problem()} />
        {versions === null && action.pending && <p className="text-sm text-muted-foreground">{common('loading')}</p>}
        <ol className="grid max-h-[60vh] gap-4 overflow-y-auto">
          {versions?.map((one, at) => {
            const before = versions[at + 1];
            return (
              <li key={one.version} className="grid gap-2 border-b pb-4 last:border-0">
                <p className="flex flex-wrap items-center gap-2 text-sm">
                  <span className="font-medium">{t('versionNamed', { version: one.version })}</span>
                  {one.version === preset.version && <Badge variant="primary">{t('current')}</Badge>}
                  <span className="figures text-muted-foreground">{one.model}</span>
                  <span className="text-muted-foreground">
                    {one.by} <Time iso={one.createdAt} />
                  </span>
                  {canWrite && one.version !== preset.version && (
                    <Button
                      variant="outline"
                      size="sm"
                      className="ml-auto"
                      disabled={action.pending}
                      onClick={() => restore(one.version)}
                      aria-label={t('restoreNamed', { version: one.version })}
                    >
                      {t('restore')}
                    </Button>
                  )}
                </p>
                <TextDiff before={textOf(before ?? one)} after={textOf(one)} />
              </li>
            );
          })}
        </ol>
      </DialogContent>
    </Dialog>
  );
}

/** All that a version sets, as lines to compare. */
function textOf({ model, system, parameters }: PresetVersionView): string {
  const { temperature, topP, maxTokens, tools, json } = parameters;
  const set = [
    ['model', model],
    ['temperature', temperature],
    ['top_p', topP],
    ['max_tokens', maxTokens],
    ['tools', tools],
    ['response_format', json ? 'json_object' : ''],
  ].filter(([, value]) => value !== '');
  return `${set.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${system}`.trim();
}
