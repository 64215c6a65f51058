import { type AddressList, plainAddress } from '@/lib/kernel/address-list';
import { type Exchange, headerOf } from './exchange';

const LOOPBACK = /^(127\.|::1$)/;

/**
 * Where a call comes from. Behind a proxy on this machine, or one that the operator trusts, it is the last address that
 * proxy wrote into `x-forwarded-for`; what anybody else writes there is not believed. Empty where nothing is known.
 */
export function clientAddress(exchange: Pick<Exchange, 'headers' | 'remoteAddress'>, trusted: AddressList | undefined): string {
  const peer = plainAddress(exchange.remoteAddress);
  if (!LOOPBACK.test(peer) && !trusted?.has(peer)) return peer;
  const hops = (headerOf(exchange, 'x-forwarded-for') ?? '')
    .split(',')
    .map((hop) => plainAddress(hop.trim()))
    .filter(Boolean);
  return hops.findLast((hop) => !trusted?.has(hop)) ?? peer;
}
