import { expect, it } from 'vitest';
import { compileAddressList } from '@/lib/kernel/address-list';
import { clientAddress } from './client-address';

const from = (remoteAddress: string, forwarded?: string, trusted?: string[]) =>
  clientAddress({ remoteAddress, headers: { 'x-forwarded-for': forwarded } }, trusted && compileAddressList(trusted));

it('a caller cannot name its own address', () => {
  expect(from('198.51.100.9', '203.0.113.7')).toBe('198.51.100.9');
  expect(from('::ffff:10.1.2.3', '203.0.113.7')).toBe('10.1.2.3');
});

it('a proxy on this machine, or one that is trusted, tells who called it', () => {
  expect(from('127.0.0.1', '1.2.3.4, 203.0.113.7')).toBe('203.0.113.7');
  expect(from('10.1.2.3', '1.2.3.4, 203.0.113.7, 10.9.9.9', ['10.0.0.0/8'])).toBe('203.0.113.7');
  expect(from('127.0.0.1')).toBe('127.0.0.1');
  expect(from('')).toBe('');
});
