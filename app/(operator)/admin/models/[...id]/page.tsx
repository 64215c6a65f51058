import type { Metadata } from 'next';
import { OperatorModelPage } from '@/components/operator/models/model-page';
import { requireOperator } from '@/lib/auth/require';
import { orNotFound } from '@/lib/http/or-not-found';
import { getOperatorModel } from '@/lib/services/operator/models/list-models';
import { listProviders } from '@/lib/services/operator/providers/list-providers';
import { removeModelAction, saveModelAction, setPriceAction } from '../actions';

type Props = { params: Promise<{ id: string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await readId(params) };
}

export default async function Page({ params }: Props) {
  const ctx = await requireOperator();
  const model = await orNotFound(getOperatorModel({ ctx, input: { id: await readId(params) } }));
  const providers = await listProviders({ ctx });
  return (
    <OperatorModelPage
      model={model}
      providers={providers.filter(({ adapter }) => adapter !== 'demo').map(({ id, label }) => ({ id, label }))}
      actions={{ save: saveModelAction, remove: removeModelAction, setPrice: setPriceAction }}
    />
  );
}

async function readId(params: Props['params']): Promise<string> {
  return (await params).id.map(decodeURIComponent).join('/');
}
