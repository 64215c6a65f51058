'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { toast } from '@/components/ui/toast';
import { useActionMessage } from '@/components/patterns/use-action-message';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card, CardContent, CardFooter } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import type { ActionError, ActionResult } from '@/lib/http/action';

interface OrgSettings {
  name: string;
  timezone: string;
}

interface GeneralFormProps {
  slug: string;
  saved: OrgSettings;
  zones: string[];
  update: (org: string, input: OrgSettings) => Promise<ActionResult<OrgSettings>>;
  /** Set for readers who may not change anything: who can let them. */
  grantedBy: string[] | null;
}

export function GeneralForm({ slug, saved, zones, update, grantedBy }: GeneralFormProps) {
  const t = useTranslations('settings');
  const common = useTranslations('common');
  const describe = useActionMessage();
  const [values, setValues] = useState(saved);
  const [error, setError] = useState<ActionError | null>(null);
  const [pending, setPending] = useState(false);
  const readOnly = grantedBy !== null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setPending(true);
    const result = await update(slug, values);
    setPending(false);
    setError(result.ok ? null : result.error);
    if (result.ok) toast.success(common('saved'));
  }

  return (
    <form onSubmit={submit} className="max-w-2xl">
      <Card>
        <CardContent className="grid gap-5">
          {readOnly && (
            <Alert variant="info">
              <AlertTitle className="font-normal">{t('general.readOnly', { who: grantedBy.join(', ') })}</AlertTitle>
            </Alert>
          )}
          {error && error.param === null && (
            <Alert variant="danger">
              <AlertTitle className="font-normal">{describe(error)}</AlertTitle>
            </Alert>
          )}
          <Field label={t('general.name')} error={error?.param === 'name' ? describe(error) : undefined}>
            <Input required maxLength={80} disabled={readOnly} value={values.name} onChange={(event) => setValues({ ...values, name: event.target.value })} />
          </Field>
          <Field label={t('general.slug')} hint={t('general.slugHint')}>
            <Input readOnly value={slug} className="figures bg-surface-muted text-sm" />
          </Field>
          <Field label={t('general.timezone')} hint={t('general.timezoneHint')} error={error?.param === 'timezone' ? describe(error) : undefined}>
            <NativeSelect disabled={readOnly} value={values.timezone} onChange={(event) => setValues({ ...values, timezone: event.target.value })}>
              {zones.map((zone) => (
                <option key={zone} value={zone}>
                  {zone}
                </option>
              ))}
            </NativeSelect>
          </Field>
        </CardContent>
        <CardFooter className="justify-end">
          <Button type="submit" pending={pending} disabled={readOnly}>
            {common('save')}
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}
