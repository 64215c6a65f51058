import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { KeysPage } from '@/components/keys/keys-page';
import { Forbidden } from '@/components/patterns/states';
import { UrlState } from '@/components/shell/url-state';
import { requireOrg } from '@/lib/auth/require';
import { hasRight } from '@/lib/services/context';
import { readKeyActivity } from '@/lib/services/keys/key-activity';
import { listKeys } from '@/lib/services/keys/list-keys';
import { listGranters } from '@/lib/services/orgs/list-granters';
import { apiBaseUrl } from '@/lib/services/welcome/base-url';
import { listModelChoices } from '@/lib/services/welcome/read-welcome';
import { createKeyAction, revokeKeyAction, rotateKeyAction, updateKeyAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('keys'))('title') };
}

export default async function Page({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  const ctx = await requireOrg(org, `/${org}/keys`);
  if (!hasRight(ctx.role, 'keys:read')) {
    const t = await getTranslations('keys');
    return (
      <>
        <h1 className="mb-6 text-xl font-semibold">{t('title')}</h1>
        <Forbidden need="keys:read" who={await listGranters({ ctx })} />
      </>
    );
  }
  const [{ data: keys }, activity, models, baseUrl] = await Promise.all([listKeys({ ctx }), readKeyActivity({ ctx }), listModelChoices({ ctx }), apiBaseUrl()]);
  const may = !hasRight(ctx.role, 'keys:write') ? 'read' : ctx.role === 'developer' ? 'own' : 'all';
  return (
    <UrlState>
      <KeysPage
        org={org}
        keys={keys}
        activity={activity}
        models={models}
        baseUrl={baseUrl}
        may={may}
        userId={ctx.user.id}
        actions={{ create: createKeyAction, update: updateKeyAction, rotate: rotateKeyAction, revoke: revokeKeyAction }}
      />
    </UrlState>
  );
}
