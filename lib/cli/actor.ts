import { userInfo } from 'node:os';
import type { OrgId } from '@/lib/kernel/ids';
import type { Ctx, OperatorCtx } from '@/lib/services/context';

/** Who may run commands on the machine that holds the database is its operator. */
export const CLI_OPERATOR: OperatorCtx = { operator: true, actor: { type: 'cli', label: `command line (${loginName()})` } };

/** On the machine that holds the database one may do for an organization what its owner may. */
export const ownerOf = (orgId: OrgId): Ctx => ({ actor: CLI_OPERATOR.actor, orgId, role: 'owner' });

function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    // Containers often run as a user id that has no name.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
