import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PlanGrid } from '@/components/site/plan-grid';
import { getSessionUser } from '@/lib/auth/session';
import { findHome } from '@/lib/services/orgs/list-own-orgs';
import { listPublicPlans } from '@/lib/services/orgs/list-public-plans';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('site'))('nav.pricing') };
}

export default async function PricingPage() {
  const t = await getTranslations('site.pricing');
  const user = await getSessionUser();
  const home = user && (await findHome(user.id));
  return (
    <div className="py-10 sm:py-14">
      <h1 className="text-2xl font-semibold">{t('title')}</h1>
      <p className="mt-2 mb-8 max-w-[64ch] text-muted-foreground">{t('answer')}</p>
      <PlanGrid plans={await listPublicPlans()} upgradeHref={home && home !== '/welcome' ? `${home}/upgrade` : null} />
    </div>
  );
}
