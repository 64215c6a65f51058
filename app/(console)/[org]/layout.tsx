import type { ReactNode } from 'react';
import { VerifyBanner } from '@/components/account/verify-banner';
import { Commands } from '@/components/commands/commands';
import { Shell } from '@/components/shell/shell';
import { TimeZone } from '@/components/shell/time-zone';
import { SignInRedirect } from '@/components/shell/sign-in-redirect';
import { ViewingBar } from '@/components/shell/viewing-bar';
import { requireOrg } from '@/lib/auth/require';
import { getSessionUser } from '@/lib/auth/session';
import { listOwnOrgs } from '@/lib/services/orgs/list-own-orgs';
import { leaveViewAction } from '../../(operator)/admin/tenants/actions';
import { sendVerificationAction } from '../account/actions';

export default async function OrgLayout({ children, params }: { children: ReactNode; params: Promise<{ org: string }> }) {
  const user = await getSessionUser();
  if (!user) return <SignInRedirect />;
  const { org, viewing } = await requireOrg((await params).org);
  const orgs = await listOwnOrgs(user.id);
  return (
    <TimeZone timeZone={org.timezone}>
      <Shell org={{ slug: org.slug, name: org.name, plan: org.plan.name }} orgs={orgs} user={user}>
        {viewing && <ViewingBar name={org.name} leave={leaveViewAction} />}
        {!user.isVerified && <VerifyBanner email={user.email} send={sendVerificationAction} />}
        {children}
      </Shell>
      <Commands org={org.slug} />
    </TimeZone>
  );
}
