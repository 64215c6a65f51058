import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DeleteAccount } from '@/components/account/delete-account';
import { ExportData } from '@/components/account/export-data';
import { ProfileForm } from '@/components/account/profile-form';
import { PageHeader } from '@/components/patterns/page-header';
import { requireUser } from '@/lib/auth/require';
import { listLonelyOrgs } from '@/lib/services/orgs/list-own-orgs';
import { deleteAccountAction, updateProfileAction } from '../actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('tabs.profile') };
}

export default async function ProfilePage() {
  const user = await requireUser('/account/profile');
  const t = await getTranslations('account.profile');
  return (
    <>
      <PageHeader title={t('title')} answer={t('answer')} />
      <div className="grid max-w-2xl gap-4">
        <ProfileForm name={user.name ?? ''} email={user.email} isVerified={user.isVerified} update={updateProfileAction} />
        <ExportData />
        <DeleteAccount closing={await listLonelyOrgs(user.id)} remove={deleteAccountAction} />
      </div>
    </>
  );
}
