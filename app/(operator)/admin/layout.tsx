import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { OperatorShell } from '@/components/operator/operator-shell';
import { ConsoleProviders } from '@/components/shell/console-providers';
import { clientMessages } from '@/i18n/client-messages';
import { requireOperator } from '@/lib/auth/require';
import { listOwnOrgs } from '@/lib/services/orgs/list-own-orgs';

/** The layout draws the frame; every page and action below asks for the operator again, because a layout guards nothing by itself. */
export default async function OperatorLayout({ children }: { children: ReactNode }) {
  const { user } = await requireOperator();
  const [home] = await listOwnOrgs(user.id);
  return (
    <NextIntlClientProvider messages={await clientMessages('operator')}>
      <ConsoleProviders>
        <OperatorShell email={user.email} home={home ?? null}>
          {children}
        </OperatorShell>
      </ConsoleProviders>
    </NextIntlClientProvider>
  );
}
