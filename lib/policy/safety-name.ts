import { createHmac } from 'node:crypto';

/**
 * What providers learn of who is behind a call: the same for every call of an organization (and of one of its own
 * users, where the client names one), and nothing that leads back without this installation's salt.
 */
export function safetyName(salt: string, orgId: string, own: string | null): string {
  return `fl_${createHmac('sha256', salt).update(own === null ? orgId : `${orgId}/${own}`).digest('hex').slice(0, 40)}`;
}
