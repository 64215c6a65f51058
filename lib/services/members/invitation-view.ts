import type { Role } from '@/lib/auth/role';
import type { Tx } from '@/lib/store';

export interface InvitationView {
  id: string;
  email: string;
  role: Role;
  status: 'open' | 'expired';
  sentAt: string;
  expiresAt: string;
}

type InvitationRow = NonNullable<Awaited<ReturnType<Tx['invitation']['findUnique']>>>;

/** An invitation that nobody accepted or revoked. The secret of its link is not in it. */
export function viewInvitation({ id, email, role, sentAt, expiresAt }: InvitationRow): InvitationView {
  return {
    id,
    email,
    role: role as Role,
    status: expiresAt > new Date() ? 'open' : 'expired',
    sentAt: sentAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
