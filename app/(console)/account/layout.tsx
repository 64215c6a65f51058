import type { ReactNode } from 'react';
import { AccountTabs } from '@/components/account/account-tabs';
import { Shell } from '@/components/shell/shell';
import { SignInRedirect } from '@/components/shell/sign-in-redirect';
import { SiteHeader } from '@/components/site/site-header';
import { SkipLink } from '@/components/shell/skip-link';
import { requireOrg } from '@/lib/auth/require';
import { getSessionUser } from '@/lib/auth/session';
import { listOwnOrgs } from '@/lib/services/orgs/list-own-orgs';

/** Pages of a person, beside the rail of their first organization when they are in one. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const user = await getSessionUser();
  if (!user) return <SignInRedirect />;
  const orgs = await listOwnOrgs(user.id);
  const [first] = orgs;
  if (!first) {
    return (
      <>
        <SkipLink />
        <SiteHeader quiet />
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[760px] px-4 py-8 outline-none">
          <AccountTabs />
          {children}
        </main>
      </>
    );
  }
  const { org } = await requireOrg(first.slug);
  return (
    <Shell org={{ ...first, plan: org.plan.name }} orgs={orgs} user={user}>
      <AccountTabs />
      {children}
    </Shell>
  );
}
