import type { RouteModules } from '@/lib/http/openapi-document';
import * as alerts from './alerts/route';
import * as alert from './alerts/[id]/route';
import * as aliases from './aliases/route';
import * as alias from './aliases/[...id]/route';
import * as audit from './audit/route';
import * as balance from './balance/route';
import * as budgets from './budgets/route';
import * as budget from './budgets/[id]/route';
import * as config from './config/route';
import * as configDrift from './config/drift/route';
import * as configRevisions from './config/revisions/route';
import * as configRevision from './config/revisions/[id]/route';
import * as invites from './invites/route';
import * as invite from './invites/[id]/route';
import * as keys from './keys/route';
import * as key from './keys/[id]/route';
import * as keyRevoke from './keys/[id]/revoke/route';
import * as keyRotate from './keys/[id]/rotate/route';
import * as ledger from './ledger/route';
import * as members from './members/route';
import * as member from './members/[id]/route';
import * as models from './models/route';
import * as model from './models/[...id]/route';
import * as orgs from './orgs/route';
import * as orgCredit from './orgs/[id]/credit/route';
import * as plans from './plans/route';
import * as plan from './plans/[id]/route';
import * as prices from './prices/route';
import * as providers from './providers/route';
import * as provider from './providers/[id]/route';
import * as requests from './requests/route';
import * as request from './requests/[id]/route';
import * as usage from './usage/route';

/** Every route of the management API; a test compares it with the folder. What is here is in the served document. */
export const MANAGEMENT_ROUTES: RouteModules = {
  '/alerts': alerts,
  '/alerts/[id]': alert,
  '/aliases': aliases,
  '/aliases/[...id]': alias,
  '/audit': audit,
  '/balance': balance,
  '/budgets': budgets,
  '/budgets/[id]': budget,
  '/config': config,
  '/config/drift': configDrift,
  '/config/revisions': configRevisions,
  '/config/revisions/[id]': configRevision,
  '/invites': invites,
  '/invites/[id]': invite,
  '/keys': keys,
  '/keys/[id]': key,
  '/keys/[id]/revoke': keyRevoke,
  '/keys/[id]/rotate': keyRotate,
  '/ledger': ledger,
  '/members': members,
  '/members/[id]': member,
  '/models': models,
  '/models/[...id]': model,
  '/orgs': orgs,
  '/orgs/[id]/credit': orgCredit,
  '/plans': plans,
  '/plans/[id]': plan,
  '/prices': prices,
  '/providers': providers,
  '/providers/[id]': provider,
  '/requests': requests,
  '/requests/[id]': request,
  '/usage': usage,
};
