import dns from 'node:dns';
import net from 'node:net';
import { FairleadError } from '@/lib/kernel/errors';

const PRIVATE_V4: readonly [string, number][] = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24],
  ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 4], ['240.0.0.0', 4],
];

const blocked = new net.BlockList();
for (const [network, bits] of PRIVATE_V4) blocked.addSubnet(network, bits, 'ipv4');
blocked.addAddress('::', 'ipv6');
blocked.addAddress('::1', 'ipv6');
blocked.addSubnet('fc00::', 7, 'ipv6');
blocked.addSubnet('fe80::', 10, 'ipv6');
blocked.addSubnet('ff00::', 8, 'ipv6');
blocked.addSubnet('64:ff9b::', 96, 'ipv6');

/** Whether an IP address belongs to this machine, its network or another range no provider lives in. */
export function isPrivateAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return blocked.check(mapped[1], 'ipv4');
  const family = net.isIP(address);
  if (family === 0) return true;
  return blocked.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** Throws when a host is literally a private address. Names are checked when they are resolved, by `guardedLookup`. */
export function assertPublicHost(hostname: string): void {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (net.isIP(bare) !== 0 && isPrivateAddress(bare)) throw privateUpstream(bare);
}

/** A `dns.lookup` that refuses private results, so that the address connected to is the address that was checked. */
export const guardedLookup: net.LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const list = addresses as dns.LookupAddress[];
    const bad = list.find(({ address }) => isPrivateAddress(address));
    if (bad) return callback(privateUpstream(hostname) as unknown as NodeJS.ErrnoException, '', 0);
    if (options.all) return (callback as unknown as (e: null, a: dns.LookupAddress[]) => void)(null, list);
    const first = list[0];
    callback(null, first?.address ?? '', first?.family ?? 0);
  });
};

function privateUpstream(host: string): FairleadError {
  return new FairleadError('upstream_error', 'The provider address is private; set ALLOW_PRIVATE_UPSTREAMS=true to let operator providers use such addresses.', {
    internal: `private upstream ${host}`,
  });
}
