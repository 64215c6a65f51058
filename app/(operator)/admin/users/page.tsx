import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { UsersPage } from '@/components/operator/users/users-page';
import { requireOperator } from '@/lib/auth/require';
import { ListUsersInput, listUsers } from '@/lib/services/operator/users/users';
import { endUserSessionsAction, resetTwoFactorAction, setOperatorAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorUsers'))('title') };
}

export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const ctx = await requireOperator();
  const input = ListUsersInput.parse(await searchParams);
  return <UsersPage users={await listUsers({ ctx, input })} filter={input} self={ctx.user.id} actions={{ setOperator: setOperatorAction, endSessions: endUserSessionsAction, resetTwoFactor: resetTwoFactorAction }} />;
}
