import { expect, it } from 'vitest';
import { createSignUpGuard, networkOf } from './sign-up-guard';

it('an address signs up a few times an hour, a network some more, and this machine as often as it likes', () => {
  let now = 0;
  const guard = createSignUpGuard({ perAddress: 2, perNetwork: 3, now: () => now });
  const from = (address: string) => guard.check({ email: 'a@example.com', address });
  from('203.0.113.7');
  from('203.0.113.7');
  expect(() => from('203.0.113.7')).toThrowError(/network/);
  from('203.0.113.8');
  expect(() => from('203.0.113.9')).toThrowError(/network/);
  from('203.0.114.9');
  for (let at = 0; at < 50; at++) from('127.0.0.1');
  now = 60 * 60_000 + 1;
  from('203.0.113.7');
});

it('throw-away mailboxes cannot sign up, by whatever subdomain', () => {
  const guard = createSignUpGuard();
  for (const email of ['x@mailinator.com', 'x@a.b.Mailinator.com', 'x@yopmail.fr']) expect(() => guard.check({ email, address: '127.0.0.1' }), email).toThrowError(/throw-away/);
  guard.check({ email: 'x@notmailinator.com', address: '127.0.0.1' });
});

it('a network is a /24, or a /48 of IPv6', () => {
  expect(networkOf('198.51.100.77')).toBe('198.51.100.0/24');
  expect(networkOf('::ffff:198.51.100.77')).toBe('198.51.100.0/24');
  expect(networkOf('2001:db8:1:2::5')).toBe('2001:db8:1::/48');
  expect(networkOf('2001:db8::5')).toBe('2001:db8:0::/48');
});
