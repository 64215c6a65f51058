import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { OwnerStep } from '@/components/setup/owner-step';
import { SetupWizard } from '@/components/setup/setup-wizard';
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert';
import { UrlState } from '@/components/shell/url-state';
import { getSessionUser } from '@/lib/auth/session';
import { requireOperator } from '@/lib/auth/require';
import { readSetup } from '@/lib/services/setup/read-setup';
import { isSetupToken } from '@/lib/services/setup/setup-token';
import { addProviderAction, testConnectionAction } from '../../(operator)/admin/providers/actions';
import { applyStarterAction, claimSetupAction, saveSignupPolicyAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  // The address holds a secret until it is used: it must not travel on in a referrer.
  return { title: (await getTranslations('operatorSetup'))('title'), referrer: 'no-referrer', robots: { index: false } };
}

/** For operators, and for whoever holds the token of the start log; to everybody else there is no such page. */
export default async function SetupPage({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const t = await getTranslations('operatorSetup');
  const { token } = await searchParams;
  const user = await getSessionUser();
  if (!user?.isOperator && typeof token !== 'string') notFound();
  return (
    <>
      <h1 className="text-2xl font-semibold">{t('title')}</h1>
      <p className="mt-1 mb-8 max-w-[72ch] text-muted-foreground">{t('lead')}</p>
      {user?.isOperator ? <Steps /> : (await isSetupToken(String(token))) ? <OwnerStep token={String(token)} claim={claimSetupAction} /> : <DeadToken />}
    </>
  );
}

async function Steps() {
  const ctx = await requireOperator();
  return (
    <UrlState>
      <SetupWizard
        view={await readSetup({ ctx })}
        actions={{ test: testConnectionAction, add: addProviderAction, applyStarter: applyStarterAction, saveSignup: saveSignupPolicyAction }}
      />
    </UrlState>
  );
}

async function DeadToken() {
  const t = await getTranslations('operatorSetup');
  return (
    <Alert variant="warning">
      <AlertTitle>{t('dead.title')}</AlertTitle>
      <AlertDescription>{t('dead.body')}</AlertDescription>
    </Alert>
  );
}
