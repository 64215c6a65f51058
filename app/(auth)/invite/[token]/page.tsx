import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { AcceptForm } from '@/components/auth/accept-form';
import { DeadLink } from '@/components/auth/dead-link';
import { NewPasswordForm } from '@/components/auth/new-password-form';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { getSessionUser } from '@/lib/auth/session';
import { legalTextsOf } from '@/lib/services/accounts/legal-acceptance';
import { readSignupPolicy } from '@/lib/services/accounts/signup-policy';
import { readBranding } from '@/lib/services/branding/branding';
import { findInvitation, type OpenInvitation } from '@/lib/services/members/accept-invitation';
import { signOut } from '../../../actions';
import { submitAccept, submitInvited } from '../../actions';

type Params = { params: Promise<{ token: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const t = await getTranslations('auth.invite');
  const invitation = await findInvitation((await params).token);
  return { title: invitation ? t('title', { org: invitation.org }) : t('dead'), robots: { index: false } };
}

export default async function InvitePage({ params }: Params) {
  const { token } = await params;
  const t = await getTranslations('auth.invite');
  const invitation = await findInvitation(token);
  if (!invitation) return <DeadLink title={t('dead')} body={t('deadBody')} />;
  const { org, inviter, role } = invitation;
  return (
    <>
      <h1 className="text-2xl font-semibold">{t('title', { org })}</h1>
      <p className="mt-2 mb-8 text-muted-foreground">{inviter ? t('lead', { inviter, role }) : t('leadNobody', { role })}</p>
      <Way token={token} invitation={invitation} />
    </>
  );
}

/** The way in: for who is signed in, for who has an account, for who has none. */
async function Way({ token, invitation: { email, hasAccount } }: { token: string; invitation: OpenInvitation }) {
  const t = await getTranslations('auth.invite');
  const auth = await getTranslations('auth');
  const user = await getSessionUser();
  if (user && user.email !== email) {
    return (
      <form action={signOut} className="grid gap-4">
        <Alert variant="warning">
          <AlertTitle className="font-normal">{t('other', { email, you: user.email })}</AlertTitle>
        </Alert>
        <Button type="submit" size="lg" variant="outline" className="w-full">
          {t('signOut')}
        </Button>
      </form>
    );
  }
  if (user) {
    return (
      <div className="grid gap-4">
        <p className="text-sm text-muted-foreground">{t('asYou', { email })}</p>
        <AcceptForm action={submitAccept} token={token} label={t('accept')} />
      </div>
    );
  }
  if (hasAccount) {
    return (
      <div className="grid gap-4">
        <p className="text-sm text-muted-foreground">{t('hasAccount', { email })}</p>
        <Button asChild size="lg" className="w-full">
          <Link href={`/sign-in?next=${encodeURIComponent(`/invite/${token}`)}`}>{t('signIn')}</Link>
        </Button>
      </div>
    );
  }
  if ((await readSignupPolicy()).policy === 'closed') {
    return (
      <Alert variant="warning">
        <AlertTitle className="font-normal">{t('closed', { email })}</AlertTitle>
      </Alert>
    );
  }
  return (
    <NewPasswordForm
      action={submitInvited}
      token={token}
      passwordLabel={auth('password')}
      submitLabel={t('create')}
      newAccount={{ email, legal: legalTextsOf(await readBranding()) }}
    />
  );
}
