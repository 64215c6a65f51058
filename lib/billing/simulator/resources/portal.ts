import type { Handler, Simulator } from '../simulator';
import { invalidRequest, resourceMissing } from '../stripe-fault';
import { getCustomer } from './customers';
import { listPage } from './list-page';

interface Features {
  customer_update?: { enabled?: boolean; allowed_updates?: string[] };
  invoice_history?: { enabled?: boolean };
  payment_method_update?: { enabled?: boolean };
  subscription_cancel?: { enabled?: boolean; mode?: 'at_period_end' | 'immediately' };
  subscription_update?: { enabled?: boolean };
}

function buildConfiguration(sim: Simulator, features: Features, metadata: Record<string, string>) {
  return {
    id: sim.newId('bpc'),
    object: 'billing_portal.configuration' as const,
    active: true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created: sim.nowS(),
    default_return_url: null,
    features: {
      customer_update: { allowed_updates: features.customer_update?.allowed_updates ?? [], enabled: features.customer_update?.enabled ?? false },
      invoice_history: { enabled: features.invoice_history?.enabled ?? false },
      payment_method_update: { enabled: features.payment_method_update?.enabled ?? false, payment_method_configuration: null },
      subscription_cancel: {
        cancellation_reason: { enabled: false, feedback_options: [] as never[], options: [] as never[] },
        enabled: features.subscription_cancel?.enabled ?? false,
        mode: features.subscription_cancel?.mode ?? ('at_period_end' as const),
        proration_behavior: 'none' as const,
      },
      subscription_pause: { duration: { interval_options: [] as never[], type: 'indefinite' as const }, enabled: false },
      subscription_update: {
        billing_cycle_anchor: null,
        default_allowed_updates: [] as never[],
        enabled: features.subscription_update?.enabled ?? false,
        proration_behavior: 'none' as const,
        schedule_at_period_end: { conditions: [] as never[] },
        trial_update_behavior: 'end_trial' as const,
      },
    },
    is_default: false,
    livemode: false as const,
    login_page: { enabled: false, url: null },
    metadata,
    name: null,
    updated: sim.nowS(),
  };
}

export type PortalConfiguration = ReturnType<typeof buildConfiguration>;

export const createConfiguration: Handler = (sim, params) => {
  const { features, metadata = {} } = params as unknown as { features: Features; metadata?: Record<string, string> };
  if (features.subscription_update?.enabled && !features.payment_method_update?.enabled)
    throw invalidRequest('Cannot enable subscription updates while payment method update is disabled.', 'features[subscription_update]');
  const configuration = buildConfiguration(sim, features, metadata);
  sim.state.portalConfigurations[configuration.id] = configuration;
  return configuration;
};

export const listConfigurations: Handler = (sim, params) => {
  const { active } = params as { active?: boolean };
  const found = Object.values(sim.state.portalConfigurations).filter((each) => active === undefined || each.active === active);
  return listPage(found, params, '/v1/billing_portal/configurations');
};

export const createPortalSession: Handler = (sim, params) => {
  const { customer = '', configuration, return_url: returnUrl } = params as { customer?: string; configuration?: string; return_url?: string };
  getCustomer(sim, customer);
  if (!configuration || !sim.state.portalConfigurations[configuration]) throw resourceMissing('configuration', configuration ?? '', 'configuration');
  const id = sim.newId('bps');
  return {
    id,
    object: 'billing_portal.session',
    configuration,
    created: sim.nowS(),
    customer,
    customer_account: null,
    flow: null,
    livemode: false,
    locale: null,
    on_behalf_of: null,
    return_url: returnUrl ?? null,
    url: sim.portalUrl(customer, returnUrl ?? ''),
  };
};
