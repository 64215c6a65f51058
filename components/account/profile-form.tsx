'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from '@/components/ui/toast';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { useAction } from '@/components/patterns/use-action';
import { Button } from '@/components/ui/button';
import { Card, CardContent, CardFooter } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { ActionResult } from '@/lib/http/action';

interface ProfileFormProps {
  name: string;
  email: string;
  isVerified: boolean;
  update: (input: { name: string }) => Promise<ActionResult<{ name: string | null }>>;
}

export function ProfileForm({ name, email, isVerified, update }: ProfileFormProps) {
  const t = useTranslations('account.profile');
  const common = useTranslations('common');
  const router = useRouter();
  const action = useAction();
  const [value, setValue] = useState(name);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(
          () => update({ name: value }),
          () => {
            toast.success(common('saved'));
            router.refresh();
          },
        );
      }}
    >
      <Card>
        <CardContent className="grid gap-4">
          <ProblemAlert problem={action.problem('name')} />
          <Field label={t('name')} note={common('optional')} hint={t('nameHint')} error={action.problemOf('name')}>
            <Input maxLength={80} autoComplete="name" value={value} onChange={(event) => setValue(event.target.value)} />
          </Field>
          <Field label={t('email')} hint={isVerified ? t('verified') : t('unverified')}>
            <Input readOnly value={email} className="bg-surface-muted" />
          </Field>
        </CardContent>
        <CardFooter className="justify-end">
          <Button type="submit" pending={action.pending}>
            {common('save')}
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}
