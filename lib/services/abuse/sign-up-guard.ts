import { isIP } from 'node:net';
import { createThrottle, type Throttle } from '@/lib/auth/throttle';
import { FairleadError } from '@/lib/kernel/errors';
import { isDisposable } from './disposable-domains';

const HOUR_MS = 60 * 60_000;

export interface SignUpGuard {
  /** Throws `rate_limit_exceeded` or `invalid_request`; otherwise the sign-up counts against its address and network. */
  check(from: { email: string; address: string }): void;
}

/**
 * What stands before a sign-up by a stranger: at most `perAddress` an hour from one address and `perNetwork` from one
 * network (a /24, or a /48 of IPv6), and no throw-away mailbox. This machine itself is not counted.
 */
export function createSignUpGuard({ perAddress = 5, perNetwork = 30, now }: { perAddress?: number; perNetwork?: number; now?: () => number } = {}): SignUpGuard {
  const addresses = createThrottle({ limit: perAddress, windowMs: HOUR_MS, now });
  const networks = createThrottle({ limit: perNetwork, windowMs: HOUR_MS, now });
  return {
    check({ email, address }) {
      if (isDisposable(email)) throw new FairleadError('invalid_request', 'Use a mailbox that you keep: throw-away addresses cannot sign up here.', { param: 'email' });
      if (isLoopback(address)) return;
      const counted: [Throttle, string][] = [
        [addresses, address],
        [networks, networkOf(address)],
      ];
      const waitS = Math.max(...counted.map(([throttle, key]) => throttle.waitS(key)));
      if (waitS > 0) throw new FairleadError('rate_limit_exceeded', 'Too many sign-ups from this network.', { retryAfterS: waitS });
      for (const [throttle, key] of counted) throttle.fail(key);
    },
  };
}

/** The console is one process: one guard for all of its sign-ups. */
export const signUpGuard = createSignUpGuard();

function isLoopback(address: string): boolean {
  return /^(::ffff:)?127\.|^::1$/.test(address) || address === 'unknown';
}

/** The network an address belongs to, as providers hand them out: a /24, or a /48 of IPv6. */
export function networkOf(address: string): string {
  const v4 = /(\d+\.\d+\.\d+)\.\d+$/.exec(address)?.[1];
  if (v4) return `${v4}.0/24`;
  if (isIP(address) !== 6) return address;
  const [head = ''] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  while (groups.length < 3) groups.push('0');
  return `${groups.slice(0, 3).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/48`;
}
