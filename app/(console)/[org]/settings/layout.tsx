import type { ReactNode } from 'react';
import { SettingsTabs } from '@/components/settings/settings-tabs';

export default async function SettingsLayout({ children, params }: { children: ReactNode; params: Promise<{ org: string }> }) {
  const { org } = await params;
  return (
    <>
      <SettingsTabs slug={org} />
      {children}
    </>
  );
}
