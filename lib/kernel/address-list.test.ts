import { expect, it } from 'vitest';
import { compileAddressList, isAddressEntry } from './address-list';

it('a list holds addresses and ranges of both families', () => {
  const list = compileAddressList(['203.0.113.7', '10.0.0.0/8', '2001:db8::/32']);
  expect(['203.0.113.7', '::ffff:203.0.113.7', '10.255.0.1', '2001:db8::1'].map((address) => list.has(address))).toEqual([true, true, true, true]);
  expect(['203.0.113.8', '11.0.0.1', '2001:db9::1', '', 'localhost', '10.0.0.1, 203.0.113.7'].map((address) => list.has(address))).toEqual(Array(6).fill(false));
});

it('what is neither an address nor a range is refused', () => {
  expect(['10.0.0.0/33', '10.0.0', 'example.com', '::/129', '10.0.0.0/8/8', '10.0.0.0/-1', ''].filter(isAddressEntry)).toEqual([]);
  expect(() => compileAddressList(['10.0.0.1', 'everywhere'])).toThrow('everywhere');
});
