import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PolicyPage } from '@/components/operator/policy/policy-page';
import { requireOperator } from '@/lib/auth/require';
import { isFairleadError } from '@/lib/kernel/errors';
import { explainAccess, ExplainAccessInput } from '@/lib/services/access/explain-access';
import { listPlatformDeny } from '@/lib/services/access/platform-deny';
import { savePlatformDenyAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorPolicy'))('title') };
}

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const ctx = await requireOperator();
  const asked = await searchParams;
  const text = (name: string): string => (typeof asked[name] === 'string' ? asked[name] : '');
  const question = { org: text('org'), name: text('name'), role: text('role'), key: text('key') };
  const input = ExplainAccessInput.safeParse({ ...question, role: question.role || undefined, key: question.key || undefined });
  const answer = input.success
    ? await explainAccess({ ctx, input: input.data }).catch((error: unknown) => {
        if (isFairleadError(error) && error.code === 'invalid_request') return { problem: error.message };
        throw error;
      })
    : null;
  return <PolicyPage rules={await listPlatformDeny({ ctx })} save={savePlatformDenyAction} question={question} answer={answer} />;
}
