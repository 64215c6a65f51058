import { userInfo } from 'node:os';
import type { OperatorCtx } from '@/lib/services/context';

/** Who may run commands on the machine that holds the database is its operator. */
export const CLI_OPERATOR: OperatorCtx = { operator: true, actor: { type: 'cli', label: `command line (${loginName()})` } };

function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    // Containers often run as a user id that has no name.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
