'use client';

import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Label } from '@/components/ui/label';
import { Textarea } from '@/components/ui/textarea';
import { Block } from './block';

type Answer = { ok: true; data: { plan: string } } | { ok: false; error: { message: string } };
type FileAction = (input: { text: string; prune: boolean }) => Promise<Answer>;

export interface ConfigActions {
  plan: FileAction;
  apply: FileAction;
}

/** A fairlead.yaml to look at before it is applied; starts with what is in force. */
export function ConfigForm({ inForce, actions }: { inForce: string; actions: ConfigActions }) {
  const t = useTranslations('operatorConfig');
  const [text, setText] = useState(inForce);
  const [prune, setPrune] = useState(false);
  const [answer, setAnswer] = useState<{ what: 'planned' | 'applied'; answer: Answer } | null>(null);
  const [isRunning, start] = useTransition();
  const run = (what: 'planned' | 'applied', action: FileAction) => start(async () => setAnswer({ what, answer: await action({ text, prune }) }));

  return (
    <div className="grid gap-4">
      <Field label="fairlead.yaml">
        <Textarea value={text} onChange={(event) => setText(event.target.value)} rows={16} spellCheck={false} className="font-mono text-xs" />
      </Field>
      <Label className="flex items-center gap-2 text-sm">
        <Checkbox checked={prune} onCheckedChange={setPrune} />
        {t('prune')}
      </Label>
      <div className="flex flex-wrap gap-2">
        <Button type="button" variant="secondary" disabled={isRunning} onClick={() => run('planned', actions.plan)}>
          {t('plan')}
        </Button>
        <Button type="button" disabled={isRunning} onClick={() => run('applied', actions.apply)}>
          {t('apply')}
        </Button>
      </div>
      <div role="status">
        {answer?.answer.ok && <p className="text-sm font-medium">{t(answer.what)}</p>}
        {answer?.answer.ok && <Block label={t(answer.what)} text={answer.answer.data.plan} />}
      </div>
      {answer && !answer.answer.ok && (
        <Alert variant="danger">
          <pre className="text-xs whitespace-pre-wrap">{answer.answer.error.message}</pre>
        </Alert>
      )}
    </div>
  );
}
