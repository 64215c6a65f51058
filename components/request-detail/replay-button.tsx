'use client';

import { RotateCcw } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Lend } from '@/components/playground/types';
import { Button } from '@/components/ui/button';
import type { RequestDetailJson } from '@/lib/query/types';
import type { ModelChoice } from '@/lib/services/welcome/model-choice';

const ReplayDialog = dynamic(() => import('./replay-dialog').then((module) => module.ReplayDialog), { ssr: false });

/** What a replay needs; null for who may not call models. */
export interface Replaying {
  models: ModelChoice[];
  baseUrl: string;
  lend: Lend;
}

export function ReplayButton({ org, request, replaying }: { org: string; request: RequestDetailJson; replaying: Replaying }) {
  const t = useTranslations('request.replay');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <RotateCcw aria-hidden />
        {t('button')}
      </Button>
      {open && <ReplayDialog org={org} request={request} {...replaying} onClose={() => setOpen(false)} />}
    </>
  );
}
