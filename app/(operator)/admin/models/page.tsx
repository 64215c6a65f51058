import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OperatorModelsPage } from '@/components/operator/models/models-page';
import { UrlState } from '@/components/shell/url-state';
import { requireOperator } from '@/lib/auth/require';
import { listOperatorModels } from '@/lib/services/operator/models/list-models';
import { listProviders } from '@/lib/services/operator/providers/list-providers';
import { saveModelAction, setPriceAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorModels'))('title') };
}

export default async function Page() {
  const ctx = await requireOperator();
  const [models, providers] = await Promise.all([listOperatorModels({ ctx }), listProviders({ ctx })]);
  return (
    <UrlState>
      <OperatorModelsPage
        models={models}
        providers={providers.filter(({ adapter }) => adapter !== 'demo').map(({ id, label }) => ({ id, label }))}
        actions={{ save: saveModelAction, setPrice: setPriceAction }}
      />
    </UrlState>
  );
}
