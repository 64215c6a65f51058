import type { CompiledCredential, CompiledModel } from '@/lib/policy';
import type { Admission, Health } from './health';
import { byRendezvous } from './stickiness';

export interface PickedCredential {
  /** Null: the provider takes none. */
  credential: CompiledCredential | null;
  admission: Admission;
}

/**
 * A credential for one attempt: the lowest priority number first, equal ones by weight (the same one for a sticky caller,
 * whose prompt cache lives with it), skipping those that failed this call or cool down. Null when none may be used.
 */
export function pickCredential(
  health: Health,
  model: CompiledModel,
  call: { failed: ReadonlySet<string>; stickyId: string | null; insist: boolean; random(): number },
): PickedCredential | null {
  const { credentials } = model.provider;
  if (credentials.length === 0) {
    const admission = health.enter(model, null, call.insist);
    return admission && { credential: null, admission };
  }
  for (const credential of credentials.length === 1 ? credentials : inOrder(credentials, call)) {
    if (call.failed.has(credential.id)) continue;
    const admission = health.enter(model, credential, call.insist);
    if (admission) return { credential, admission };
  }
  return null;
}

function inOrder(credentials: readonly CompiledCredential[], { stickyId, random }: { stickyId: string | null; random(): number }): CompiledCredential[] {
  // A random name per call spreads by weight; a caller's own name keeps it where it is.
  const id = stickyId ?? String(random());
  const spread = byRendezvous(credentials, id, (credential) => credential.id, (credential) => credential.weight);
  return spread.sort((a, b) => a.priority - b.priority);
}
