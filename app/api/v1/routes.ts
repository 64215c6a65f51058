import type { RouteModules } from '@/lib/http/openapi-document';
import * as alertChannel from './alert_channels/[id]/route';
import * as alertChannelTest from './alert_channels/[id]/test/route';
import * as alertChannels from './alert_channels/route';
import * as alert from './alerts/[id]/route';
import * as alerts from './alerts/route';
import * as alias from './aliases/[...id]/route';
import * as aliases from './aliases/route';
import * as audit from './audit/route';
import * as balance from './balance/route';
import * as budget from './budgets/[id]/route';
import * as budgets from './budgets/route';
import * as configDrift from './config/drift/route';
import * as configRevision from './config/revisions/[id]/route';
import * as configRevisions from './config/revisions/route';
import * as config from './config/route';
import * as inviteResend from './invites/[id]/resend/route';
import * as invite from './invites/[id]/route';
import * as invites from './invites/route';
import * as keyRevoke from './keys/[id]/revoke/route';
import * as keyRotate from './keys/[id]/rotate/route';
import * as key from './keys/[id]/route';
import * as keys from './keys/route';
import * as ledger from './ledger/route';
import * as member from './members/[id]/route';
import * as members from './members/route';
import * as model from './models/[...id]/route';
import * as models from './models/route';
import * as orgCredit from './orgs/[id]/credit/route';
import * as org from './orgs/[id]/route';
import * as orgs from './orgs/route';
import * as plan from './plans/[id]/route';
import * as plans from './plans/route';
import * as prices from './prices/route';
import * as provider from './providers/[id]/route';
import * as providers from './providers/route';
import * as request from './requests/[id]/route';
import * as requests from './requests/route';
import * as settings from './settings/route';
import * as usage from './usage/route';
import * as webhookDeliveries from './webhooks/[id]/deliveries/route';
import * as webhookRotateSecret from './webhooks/[id]/rotate_secret/route';
import * as webhook from './webhooks/[id]/route';
import * as webhookTest from './webhooks/[id]/test/route';
import * as webhooksDeliveryRetry from './webhooks/deliveries/[id]/retry/route';
import * as webhooks from './webhooks/route';

/** Every route of the management API; a test compares it with the folder. What is here is in the served document. */
export const MANAGEMENT_ROUTES: RouteModules = {
  '/alert_channels/[id]': alertChannel,
  '/alert_channels/[id]/test': alertChannelTest,
  '/alert_channels': alertChannels,
  '/alerts/[id]': alert,
  '/alerts': alerts,
  '/aliases/[...id]': alias,
  '/aliases': aliases,
  '/audit': audit,
  '/balance': balance,
  '/budgets/[id]': budget,
  '/budgets': budgets,
  '/config/drift': configDrift,
  '/config/revisions/[id]': configRevision,
  '/config/revisions': configRevisions,
  '/config': config,
  '/invites/[id]/resend': inviteResend,
  '/invites/[id]': invite,
  '/invites': invites,
  '/keys/[id]/revoke': keyRevoke,
  '/keys/[id]/rotate': keyRotate,
  '/keys/[id]': key,
  '/keys': keys,
  '/ledger': ledger,
  '/members/[id]': member,
  '/members': members,
  '/models/[...id]': model,
  '/models': models,
  '/orgs/[id]/credit': orgCredit,
  '/orgs/[id]': org,
  '/orgs': orgs,
  '/plans/[id]': plan,
  '/plans': plans,
  '/prices': prices,
  '/providers/[id]': provider,
  '/providers': providers,
  '/requests/[id]': request,
  '/requests': requests,
  '/settings': settings,
  '/usage': usage,
  '/webhooks/[id]/deliveries': webhookDeliveries,
  '/webhooks/[id]/rotate_secret': webhookRotateSecret,
  '/webhooks/[id]': webhook,
  '/webhooks/[id]/test': webhookTest,
  '/webhooks/deliveries/[id]/retry': webhooksDeliveryRetry,
  '/webhooks': webhooks,
};
