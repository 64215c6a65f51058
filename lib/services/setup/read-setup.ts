import { readPublicUrl } from '@/lib/mail';
import { listGallery, type GalleryEntry } from '@/lib/services/operator/providers/gallery';
import { listProviders } from '@/lib/services/operator/providers/list-providers';
import { readSignupPolicy, type SignupPolicy } from '@/lib/services/accounts/signup-policy';
import { listPublicPlans, type PublicPlan } from '@/lib/services/orgs/list-public-plans';
import type { OperatorCtx } from '@/lib/services/context';
import { runChecks, type SetupCheck } from './run-checks';
import { proposeStarter, type StarterProposal } from './starter-aliases';

/** Everything the wizard shows after its first step. */
export interface SetupView {
  checks: SetupCheck[];
  gallery: GalleryEntry[];
  providers: { id: string; label: string; adapter: string; models: number }[];
  starter: StarterProposal[];
  models: { id: string; kind: string; provider: string }[];
  plans: PublicPlan[];
  signup: SignupPolicy;
  appUrl: string;
}

export async function readSetup({ ctx }: { ctx: OperatorCtx }): Promise<SetupView> {
  const [checks, providers, { aliases, models }, plans, signup] = await Promise.all([runChecks({ ctx }), listProviders({ ctx }), proposeStarter({ ctx }), listPublicPlans(), readSignupPolicy()]);
  return {
    checks,
    gallery: listGallery(),
    providers: providers.filter(({ adapter }) => adapter !== 'demo').map(({ id, label, adapter, models: count }) => ({ id, label, adapter, models: count })),
    starter: aliases,
    models: models.map(({ id, kind, provider }) => ({ id, kind, provider: provider.label })),
    plans,
    signup,
    appUrl: await readPublicUrl(),
  };
}
